// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What sort of thing a part is: the word before the colon of its id. */
public enum Kind {
    /** One SQL Server database: {@code database:<sql key>/<db>}. */
    DATABASE,
    /** One folder: {@code share:<key>}. */
    SHARE,
    /** One export of Active Directory: {@code directory:<name>}. */
    DIRECTORY,
    /** Settings or user data that only a tool of the product exports: {@code settings:<what>/<pool or fqdn>}. */
    SETTINGS,
    /** A set as a whole: its ledger line, checksums and manifest. Never captured, only verified. */
    SET,
    /** A place where discovery looks, {@code source:<name>}. Never captured, only looked at. */
    SOURCE;

    /** The word as it stands in ids, messages and files. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a word.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    @JsonCreator
    public static Kind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

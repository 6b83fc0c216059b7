// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much of a part a backup takes. */
public enum Level {
    /** All of it. */
    FULL,
    /** Differential for databases, changed files for shares, the whole for directory and settings. */
    INCREMENTAL,
    /** The log of databases in FULL recovery, nothing else. */
    LOG;

    /** The word as it stands in files. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The level of a word.
     *
     * @throws IllegalArgumentException if there is no such level
     */
    @JsonCreator
    public static Level of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

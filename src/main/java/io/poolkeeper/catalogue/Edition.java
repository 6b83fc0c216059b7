// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a pool is built: everything on one server, or spread over several with a SQL Server of its own. */
public enum Edition {
    /** One server with SQL Server Express and its own file shares. */
    STANDARD,
    /** Several servers, a SQL Server back end, file shares at UNC paths. */
    ENTERPRISE;

    /** The word as it stands in files. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The edition of a word.
     *
     * @throws IllegalArgumentException if there is no such edition
     */
    @JsonCreator
    public static Edition of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

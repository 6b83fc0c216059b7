// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.Set;

/** Sets of keywords. */
public final class Keywords {
    private Keywords() {}

    /** The words of a text, which are separated by blanks or line ends. */
    public static Set<String> of(String words) {
        return Set.of(words.strip().split("\\s+", -1));
    }
}

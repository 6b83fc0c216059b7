// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.Locale;

/** Names as the lab compares them. */
final class Names {
    private Names() {}

    /** A variable's name: lower case, with its at sign. */
    static String variable(Token token) {
        return token.text().toLowerCase(Locale.ROOT);
    }

    /** Takes a name of several parts with dots between, and returns the last part: the object's own name. */
    static String take(TokenStream in) {
        var name = in.expectName();
        while (in.acceptSymbol(".")) {
            while (in.acceptSymbol(".")) {
                // an omitted schema
            }
            name = in.expectName();
        }
        return name;
    }
}

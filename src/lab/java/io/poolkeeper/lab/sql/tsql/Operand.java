// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.Locale;

/** Something in a statement that a client may write out or leave to a variable. */
public sealed interface Operand {
    /** Written out: a name, a text or a number. */
    record Literal(String text) implements Operand {}

    /** To be looked up when the statement runs; the name is in lower case, with its at sign. */
    record Variable(String name) implements Operand {}

    /** A literal or a variable. */
    static Operand parse(TokenStream in) {
        var token = in.next();
        return switch (token.kind()) {
            case VARIABLE -> new Variable(token.text().toLowerCase(Locale.ROOT));
            case WORD, QUOTED, STRING, NUMBER, BINARY -> new Literal(token.text());
            default -> throw SyntaxError.near(token);
        };
    }
}

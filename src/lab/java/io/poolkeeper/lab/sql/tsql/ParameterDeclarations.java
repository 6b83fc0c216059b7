// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.session.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How {@code sp_executesql} and its kin declare the parameters of a statement: {@code @P0 nvarchar(4000), @P1 int OUTPUT}. */
public final class ParameterDeclarations {
    /**
     * One declared parameter.
     *
     * @param name in lower case, with its at sign
     * @param type as declared
     * @param output whether it is handed back
     */
    public record Declared(String name, SqlType type, boolean output) {}

    private ParameterDeclarations() {}

    /** All parameters in their order; none for an empty text. */
    public static List<Declared> parse(String declaration) {
        var in = new TokenStream(Lexer.tokens(declaration));
        var all = new ArrayList<Declared>();
        while (!in.atEnd()) {
            var name = in.next();
            if (name.kind() != Token.Kind.VARIABLE) {
                throw SyntaxError.near(name);
            }
            in.accept("AS");
            var type = TypeName.parse(in);
            all.add(new Declared(Names.variable(name), type, in.acceptOneOf(Set.of("OUTPUT", "OUT")) != null));
            if (!in.atEnd()) {
                in.expectSymbol(",");
            }
        }
        return all;
    }
}

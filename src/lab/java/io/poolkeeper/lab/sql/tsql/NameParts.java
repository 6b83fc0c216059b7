// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.ArrayList;
import java.util.List;

/**
 * A name with dots in it, as it stands in a statement.
 *
 * @param parts what stands between the dots; null for an omitted schema
 * @param end the place behind it
 */
record NameParts(List<Token> parts, int end) {
    /** The name that begins at a place. */
    static NameParts at(List<Token> tokens, int start) {
        var parts = new ArrayList<Token>();
        parts.add(tokens.get(start));
        var at = start + 1;
        while (at + 1 < tokens.size() && tokens.get(at).isSymbol(".")) {
            if (tokens.get(at + 1).isSymbol(".")) {
                parts.add(null);
                at++;
            } else if (tokens.get(at + 1).isName()) {
                parts.add(tokens.get(at + 1));
                at += 2;
            } else {
                break;
            }
        }
        return new NameParts(parts, at);
    }

    /** The place of the parenthesis that closes the one at a place. */
    static int closing(List<Token> tokens, int open) {
        var depth = 0;
        for (var at = open; at < tokens.size(); at++) {
            if (tokens.get(at).isSymbol("(")) {
                depth++;
            } else if (tokens.get(at).isSymbol(")") && --depth == 0) {
                return at;
            }
        }
        throw SyntaxError.near(tokens.get(open));
    }

    /** The arguments between two parentheses: what stands between the commas. */
    static List<List<Token>> arguments(List<Token> tokens, int open, int close) {
        var arguments = new ArrayList<List<Token>>();
        var depth = 0;
        var start = open + 1;
        for (var at = start; at < close; at++) {
            depth += tokens.get(at).isSymbol("(") ? 1 : tokens.get(at).isSymbol(")") ? -1 : 0;
            if (depth == 0 && tokens.get(at).isSymbol(",")) {
                arguments.add(tokens.subList(start, at));
                start = at + 1;
            }
        }
        if (close > open + 1) {
            arguments.add(tokens.subList(start, close));
        }
        return arguments;
    }
}

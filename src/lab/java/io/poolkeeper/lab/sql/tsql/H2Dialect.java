// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.tsql.Token.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites a statement for H2, word by word: what H2 knows by another name is renamed, what it has no use for is left
 * out, variables become question marks. What neither understands is H2's to refuse.
 */
public final class H2Dialect {
    private static final Set<String> HINTS = Keywords.of("""
            NOLOCK READUNCOMMITTED READCOMMITTED READPAST REPEATABLEREAD HOLDLOCK SERIALIZABLE TABLOCK TABLOCKX
            UPDLOCK XLOCK ROWLOCK PAGLOCK NOEXPAND INDEX""");

    private static final Map<String, String> WORDS = Map.of(
            "TINYINT", "SMALLINT",
            "SYSNAME", "VARCHAR(128)",
            "CLUSTERED", "",
            "NONCLUSTERED", "",
            "REPLICATE", "REPEAT",
            "CURRENT_TIMESTAMP", "LOCALTIMESTAMP(3)");

    private static final Map<String, String> SYMBOLS = Map.of("!=", "<>", "!<", ">=", "!>", "<=");

    private static final Set<String> DEFINITIONS = Set.of("CREATE", "ALTER");

    private final List<Token> tokens;
    private final Scope scope;
    private final H2Text out;
    private final TableReferences references;
    private final Calls calls;

    private H2Dialect(List<Token> tokens, Scope scope, H2Text out, TableReferences references) {
        this.tokens = tokens;
        this.scope = scope;
        this.out = out;
        this.references = references;
        this.calls = new Calls(scope, this::nested, out);
    }

    /** Rewrites one statement. */
    public static Rewritten rewrite(List<Token> tokens, Scope scope) {
        var out = new H2Text();
        var references = new TableReferences(tokens, scope);
        new H2Dialect(tokens, scope, out, references).all();
        return out.finish(references.database());
    }

    private void nested(List<Token> part) {
        new H2Dialect(part, scope, out, references).all();
    }

    private void all() {
        var at = 0;
        while (at < tokens.size()) {
            at = next(at);
        }
    }

    /** Rewrites what begins at a word and returns where it ends. */
    private int next(int at) {
        var token = tokens.get(at);
        switch (token.kind()) {
            case STRING ->
                out.add(
                        at > 0 && tokens.get(at - 1).is("AS")
                                ? H2Text.quoted(token.text())
                                : H2Text.literal(token.text()));
            case VARIABLE -> variable(token);
            case GLOBAL -> global(token);
            case SYMBOL -> out.add(SYMBOLS.getOrDefault(token.text(), token.text()));
            case WORD, QUOTED -> {
                return name(at);
            }
            default -> out.add(token.text());
        }
        return at + 1;
    }

    private void variable(Token token) {
        var binding = scope.variable(Names.variable(token));
        if (binding == null) {
            throw SyntaxError.undeclared(token);
        }
        out.bind("CAST(? AS " + TypeName.inH2(binding.type()) + ")", binding.value());
    }

    private void global(Token token) {
        var value = scope.global(token.upper());
        if (value.isEmpty()) {
            throw SyntaxError.undeclared(token);
        }
        out.add(H2Text.literal(value.get()));
    }

    private int name(int at) {
        var skipped = skip(at);
        if (skipped > at) {
            return skipped;
        }
        var name = NameParts.at(tokens, at);
        if (isSymbol(name.end(), "(")
                && name.parts().size() == 1
                && tokens.get(at).kind() == Kind.WORD) {
            var end = calls.rewrite(tokens, at);
            if (end > at) {
                return end;
            }
        }
        if (name.parts().size() > 1) {
            out.add(references.localName(name, tokens, at));
        } else {
            single(tokens.get(at), at);
        }
        return name.end();
    }

    private void single(Token token, int at) {
        references.see(tokens, at);
        if (token.text().startsWith("#")) {
            throw SyntaxError.unsupported("temporary tables", token);
        }
        if (token.kind() == Kind.QUOTED) {
            out.add(isBracketedType(token, at) ? word(token) : H2Text.quoted(token.text()));
        } else if (token.is("INSERT")
                && at + 1 < tokens.size()
                && !tokens.get(at + 1).is("INTO")) {
            out.add("INSERT INTO");
        } else {
            out.add(word(token));
        }
    }

    private static String word(Token token) {
        return WORDS.getOrDefault(token.upper(), token.text());
    }

    /** Leaves out what H2 has no use for: table hints, COLLATE, OPTION, filegroups. */
    private int skip(int at) {
        var token = tokens.get(at);
        if (token.is("COLLATE") || token.is("TEXTIMAGE_ON")) {
            return at + 2;
        }
        if (token.is("ON") && at + 1 < tokens.size() && isFilegroup(at + 1)) {
            return at + 2;
        }
        if (token.is("OPTION") && isSymbol(at + 1, "(")) {
            return NameParts.closing(tokens, at + 1) + 1;
        }
        if (token.is("WITH")
                && isSymbol(at + 1, "(")
                && at + 2 < tokens.size()
                && tokens.get(at + 2).isOneOf(HINTS)) {
            return NameParts.closing(tokens, at + 1) + 1;
        }
        return at;
    }

    private boolean isFilegroup(int at) {
        var token = tokens.get(at);
        var isPrimary = token.isName() && token.text().equalsIgnoreCase("PRIMARY");
        return isPrimary && (at + 1 >= tokens.size() || !tokens.get(at + 1).is("KEY"));
    }

    /** In a definition, the second of two names in a row is a type, which tools like to put in brackets. */
    private boolean isBracketedType(Token token, int at) {
        return tokens.get(0).isOneOf(DEFINITIONS)
                && at > 0
                && tokens.get(at - 1).isName()
                && TypeName.isKnown(token.text());
    }

    private boolean isSymbol(int at, String symbol) {
        return at < tokens.size() && tokens.get(at).isSymbol(symbol);
    }
}

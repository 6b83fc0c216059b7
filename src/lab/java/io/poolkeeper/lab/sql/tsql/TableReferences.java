// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which database a statement is about. Each SQL Server database is an H2 database of its own, so that a statement can
 * run in one only; one that would need two is refused rather than answered out of the wrong one.
 */
final class TableReferences {
    private static final Set<String> BEFORE_TABLE = Keywords.of("""
            FROM JOIN INTO UPDATE INSERT DELETE TABLE MERGE USING APPLY""");
    private static final Set<String> ENDS_FROM = Set.of("WHERE", "SELECT", "GROUP", "ORDER", "SET", "VALUES", "HAVING");

    private final List<Token> tokens;
    private final Scope scope;
    private final Set<String> common;
    private final Set<String> foreign = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private Token local;
    private boolean inFrom;

    TableReferences(List<Token> tokens, Scope scope) {
        this.tokens = tokens;
        this.scope = scope;
        common = IntStream.range(0, Math.max(0, tokens.size() - 3))
                .filter(i -> tokens.get(i).isName()
                        && tokens.get(i + 1).is("AS")
                        && tokens.get(i + 2).isSymbol("(")
                        && tokens.get(i + 3).isOneOf(Set.of("SELECT", "WITH")))
                .mapToObj(i -> tokens.get(i).text().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Takes note of a single word. */
    void see(List<Token> part, int at) {
        var token = part.get(at);
        if (token.isOneOf(ENDS_FROM)) {
            inFrom = false;
        } else if (token.is("FROM") || token.is("JOIN")) {
            inFrom = true;
        } else if (namesTable(part, at) && !common.contains(token.text().toLowerCase(Locale.ROOT))) {
            local = token;
        }
    }

    /** A name of several parts in H2's words, without the database. */
    String localName(NameParts name, List<Token> part, int at) {
        var parts = name.parts();
        if (parts.size() > 3) {
            throw SyntaxError.unsupported("linked servers", parts.get(0));
        }
        var isOfDatabase = parts.size() == 3 && scope.isDatabase(parts.get(0).text());
        if (isOfDatabase && !parts.get(0).text().equalsIgnoreCase(scope.database())) {
            foreign.add(parts.get(0).text());
        } else if (namesTable(part, at) && !isServerWide(parts)) {
            local = parts.get(0);
        }
        return join(isOfDatabase ? parts.subList(1, 3) : parts);
    }

    /** The database to run in; null for the current one. */
    String database() {
        if (foreign.isEmpty()) {
            return null;
        }
        if (foreign.size() > 1 || local != null) {
            var token = local == null ? tokens.get(0) : local;
            throw SyntaxError.unsupported("statements over several databases", token);
        }
        return foreign.iterator().next();
    }

    private boolean namesTable(List<Token> part, int at) {
        if (at == 0 || part.get(at).isOneOf(BEFORE_TABLE)) {
            return false;
        }
        var before = part.get(at - 1);
        return before.isOneOf(BEFORE_TABLE) || (inFrom && before.isSymbol(","));
    }

    private boolean isServerWide(List<Token> parts) {
        return parts.get(0).text().equalsIgnoreCase("sys")
                && scope.isServerWide(parts.get(parts.size() - 1).text());
    }

    private static String join(List<Token> parts) {
        var first = parts.get(0) == null ? "dbo" : parts.get(0).text();
        if (parts.size() == 2 && first.equalsIgnoreCase("INFORMATION_SCHEMA")) {
            return "sys." + H2Text.quoted("INFORMATION_SCHEMA_" + parts.get(1).upper());
        }
        var isKnown = first.equalsIgnoreCase("sys") || first.equalsIgnoreCase("dbo");
        var rest = parts.subList(1, parts.size()).stream().map(part -> part == null ? "dbo" : word(part));
        var schema = isKnown ? first.toLowerCase(Locale.ROOT) : word(parts.get(0));
        return schema + "." + rest.collect(Collectors.joining("."));
    }

    private static String word(Token token) {
        return token.kind() == Token.Kind.QUOTED ? H2Text.quoted(token.text()) : token.text();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Rewrites the calls of functions that H2 does not have, or has otherwise. */
final class Calls {
    private static final String UTC = "CAST(CURRENT_TIMESTAMP(7) AT TIME ZONE 'UTC' AS TIMESTAMP(%d))";

    private static final Map<String, String> WITHOUT_ARGUMENTS = Map.of(
            "GETDATE", "LOCALTIMESTAMP(3)",
            "SYSDATETIME", "LOCALTIMESTAMP(7)",
            "GETUTCDATE", UTC.formatted(3),
            "SYSUTCDATETIME", UTC.formatted(7),
            "SYSDATETIMEOFFSET", "CURRENT_TIMESTAMP(7)");

    private static final Set<String> TEXTS = Set.of("varchar", "nvarchar", "char", "nchar", "sysname");

    private final Scope scope;
    private final Consumer<List<Token>> nested;
    private final H2Text out;

    Calls(Scope scope, Consumer<List<Token>> nested, H2Text out) {
        this.scope = scope;
        this.nested = nested;
        this.out = out;
    }

    /** Rewrites the call that begins at a place and returns where it ends; the place itself if H2 knows the function. */
    int rewrite(List<Token> tokens, int at) {
        var name = tokens.get(at).upper();
        var close = NameParts.closing(tokens, at + 1);
        var arguments = NameParts.arguments(tokens, at + 1, close);
        if (arguments.isEmpty() && WITHOUT_ARGUMENTS.containsKey(name)) {
            out.add(WITHOUT_ARGUMENTS.get(name));
            return close + 1;
        }
        switch (name) {
            case "COUNT" -> {
                return count(tokens, at, close);
            }
            case "COUNT_BIG" -> {
                out.add("COUNT");
                nested.accept(tokens.subList(at + 1, close + 1));
            }
            case "CONVERT" -> convert(atLeast(2, arguments, tokens.get(at)));
            case "IIF" -> choice(atLeast(3, arguments, tokens.get(at)));
            default -> {
                return system(tokens, at, name, arguments) ? close + 1 : at;
            }
        }
        return close + 1;
    }

    /** COUNT is an int in SQL Server and a bigint in H2. */
    private int count(List<Token> tokens, int at, int close) {
        var end = close + 1;
        if (end < tokens.size() && tokens.get(end).is("OVER")) {
            end = NameParts.closing(tokens, end + 1) + 1;
        }
        out.add("CAST(COUNT");
        nested.accept(tokens.subList(at + 1, end));
        out.add("AS INTEGER)");
        return end;
    }

    /** CONVERT(type, value, style): only texts of times have styles that matter. */
    private void convert(List<List<Token>> arguments) {
        var type = arguments.get(0);
        var isStyled =
                arguments.size() == 3 && TEXTS.contains(type.get(0).text().toLowerCase(Locale.ROOT));
        out.add(isStyled ? "CAST(LAB_STYLE(" : "CAST(");
        nested.accept(arguments.get(1));
        if (isStyled) {
            out.add(",");
            nested.accept(arguments.get(2));
            out.add(")");
        }
        out.add("AS");
        nested.accept(type);
        out.add(")");
    }

    private static List<List<Token>> atLeast(int count, List<List<Token>> arguments, Token function) {
        if (arguments.size() < count) {
            throw SyntaxError.near(function);
        }
        return arguments;
    }

    private void choice(List<List<Token>> arguments) {
        out.add("CASE WHEN");
        nested.accept(arguments.get(0));
        out.add("THEN");
        nested.accept(arguments.get(1));
        out.add("ELSE");
        nested.accept(arguments.get(2));
        out.add("END");
    }

    private boolean system(List<Token> tokens, int at, String name, List<List<Token>> arguments) {
        var variant = constant(arguments).flatMap(values -> scope.variant(name, values));
        if (variant.isPresent()) {
            out.add(H2Text.literal(variant.get().value()));
            item(tokens, at);
            return true;
        }
        var function = scope.systemFunction(name);
        if (function == null) {
            return false;
        }
        out.add(function);
        for (var argument : arguments) {
            out.add(",");
            nested.accept(argument);
        }
        out.add(")");
        return true;
    }

    /** The values of arguments that are all written out or variables. */
    private Optional<List<String>> constant(List<List<Token>> arguments) {
        var values = new ArrayList<String>();
        for (var argument : arguments) {
            var token = argument.get(0);
            if (argument.size() != 1 || token.kind() == Kind.QUOTED || token.kind() == Kind.WORD) {
                return Optional.empty();
            }
            var binding = token.kind() == Kind.VARIABLE ? scope.variable(Names.variable(token)) : null;
            values.add(binding == null ? token.text() : Objects.toString(binding.value(), ""));
        }
        return Optional.of(values);
    }

    /** Notes the column of the result that this call alone makes up, because its type is sql_variant. */
    private void item(List<Token> tokens, int at) {
        if (at == 0 || !tokens.get(0).is("SELECT")) {
            return;
        }
        var before = tokens.get(at - 1);
        var column = 0;
        var depth = 0;
        for (var i = 1; i < at; i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            column += depth == 0 && tokens.get(i).isSymbol(",") ? 1 : 0;
        }
        var end = NameParts.closing(tokens, at + 1) + 1;
        var after = end < tokens.size() ? tokens.get(end) : null;
        var endsItem = after == null || after.isSymbol(",") || after.isName();
        if (depth == 0 && (before.isSymbol(",") || before.is("SELECT")) && endsItem) {
            out.variant(column);
        }
    }
}

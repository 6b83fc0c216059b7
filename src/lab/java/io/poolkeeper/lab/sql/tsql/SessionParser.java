// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses the statements about variables, options, messages and procedures. */
final class SessionParser {
    private static final Set<String> OUTPUT = Set.of("OUTPUT", "OUT");
    private static final Set<String> ON_OFF = Set.of("ON", "OFF");

    private final TokenStream in;

    SessionParser(TokenStream in) {
        this.in = in;
    }

    /** The statement whose first word was just taken, or null if it is none of these. */
    Statement parse(Token first) {
        var line = first.line();
        return switch (first.upper()) {
            case "DECLARE" -> new Statement.Declare(declarations(), line);
            case "SET" -> set(line);
            case "PRINT" -> new Statement.Print(Boundaries.takeExpression(in), line);
            case "RAISERROR" -> raiseError(line);
            case "WAITFOR" -> {
                in.expect("DELAY");
                yield new Statement.WaitFor(Operand.parse(in), line);
            }
            case "EXEC", "EXECUTE" -> execute(line);
            default -> null;
        };
    }

    private List<Statement.Declaration> declarations() {
        var all = new ArrayList<Statement.Declaration>();
        do {
            all.add(declaration());
        } while (in.acceptSymbol(","));
        return all;
    }

    private Statement.Declaration declaration() {
        var name = expectVariable();
        in.accept("AS");
        if (in.peek().is("TABLE") || in.peek().is("CURSOR")) {
            throw SyntaxError.unsupported("variables of type " + in.peek().upper(), in.peek());
        }
        var type = TypeName.parse(in);
        var value = in.acceptSymbol("=") ? Boundaries.takeItem(in) : null;
        return new Statement.Declaration(name, type, value);
    }

    private Statement set(int line) {
        if (in.peek().kind() == Kind.VARIABLE) {
            var name = expectVariable();
            in.expectSymbol("=");
            return new Statement.SetVariable(name, Boundaries.takeExpression(in), line);
        }
        var names = new ArrayList<String>();
        do {
            names.add(new Token(Kind.WORD, in.expectName(), line).upper());
        } while (in.acceptSymbol(","));
        return new Statement.SetOption(names, value(names.get(0)), line);
    }

    /** Most options are ON or OFF; the rest take one word, but for two that are sentences. */
    private String value(String option) {
        if (option.equals("TRANSACTION")) {
            return words(in.peek(2).is("READ") ? 4 : in.peek(2).is("REPEATABLE") ? 4 : 3);
        }
        if (option.equals("IDENTITY_INSERT")) {
            Names.take(in);
        }
        var onOff = in.acceptOneOf(ON_OFF);
        if (onOff != null) {
            return onOff;
        }
        var minus = in.acceptSymbol("-") ? "-" : "";
        return minus + in.next().text();
    }

    private String words(int count) {
        var all = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            all.add(new Token(Kind.WORD, in.expectName(), 0).upper());
        }
        return String.join(" ", all);
    }

    private Statement raiseError(int line) {
        in.expectSymbol("(");
        var arguments = new ArrayList<Expression>();
        do {
            arguments.add(Boundaries.takeItem(in));
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
        if (in.accept("WITH")) {
            do {
                in.expectName();
            } while (in.acceptSymbol(","));
        }
        return new Statement.RaiseError(arguments, line);
    }

    private Statement execute(int line) {
        if (in.acceptSymbol("(")) {
            var text = Boundaries.takeExpression(in);
            in.expectSymbol(")");
            return new Statement.ExecuteText(text, line);
        }
        String result = null;
        if (in.peek().kind() == Kind.VARIABLE) {
            result = expectVariable();
            in.expectSymbol("=");
        }
        return new Statement.Execute(Names.take(in), arguments(), result, line);
    }

    private List<Statement.Argument> arguments() {
        var all = new ArrayList<Statement.Argument>();
        if (in.atEnd() || in.peek().isSymbol(";") || in.peek().isOneOf(Boundaries.STARTS)) {
            return all;
        }
        do {
            all.add(argument());
        } while (in.acceptSymbol(","));
        return all;
    }

    private Statement.Argument argument() {
        var name = "";
        if (in.peek().kind() == Kind.VARIABLE && in.peek(1).isSymbol("=")) {
            name = expectVariable();
            in.expectSymbol("=");
        }
        var minus = in.acceptSymbol("-");
        var value = Operand.parse(in);
        if (minus && value instanceof Operand.Literal literal) {
            value = new Operand.Literal("-" + literal.text());
        }
        return new Statement.Argument(name, value, in.acceptOneOf(OUTPUT) != null);
    }

    private String expectVariable() {
        var token = in.next();
        if (token.kind() != Kind.VARIABLE) {
            throw SyntaxError.near(token);
        }
        return Names.variable(token);
    }
}

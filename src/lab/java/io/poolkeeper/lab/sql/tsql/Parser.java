// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes statements of a batch. By recursive descent for the statements that the lab carries out itself; what H2 runs is
 * only cut out.
 */
public final class Parser {
    private static final Set<String> FOR_H2 = Keywords.of("""
            SELECT INSERT UPDATE DELETE MERGE WITH TRUNCATE CREATE ALTER DROP""");

    private final TokenStream in;

    private Parser(TokenStream in) {
        this.in = in;
    }

    /**
     * Parses a whole batch before anything of it runs, as SQL Server does.
     *
     * @throws SyntaxError if any of it is not a statement
     */
    public static List<Statement> parse(String batch) {
        return new Parser(new TokenStream(Lexer.tokens(batch))).batch();
    }

    private List<Statement> batch() {
        var statements = new ArrayList<Statement>();
        while (in.acceptSymbol(";")) {
            // an empty statement is no statement
        }
        while (!in.atEnd()) {
            statements.add(statement());
        }
        return statements;
    }

    private Statement statement() {
        var parsed = one();
        while (in.acceptSymbol(";")) {
            // any number of them may end a statement
        }
        return parsed;
    }

    private Statement one() {
        var token = in.next();
        var line = token.line();
        if (token.kind() != Token.Kind.WORD) {
            throw SyntaxError.near(token);
        }
        return switch (token.upper()) {
            case "BACKUP" -> new BackupParser(in).backup(line);
            case "RESTORE" -> new BackupParser(in).restore(line);
            case "BEGIN" -> begin(line);
            case "COMMIT" -> transaction(Statement.Transaction.Verb.COMMIT, line);
            case "ROLLBACK" -> transaction(Statement.Transaction.Verb.ROLLBACK, line);
            case "IF" -> conditional(line);
            case "WHILE" -> new Statement.While(Boundaries.takeExpression(in), statement(), line);
            case "RETURN" -> new Statement.Return(line);
            case "CHECKPOINT", "RECONFIGURE" -> new Statement.Nothing(line);
            case "CREATE", "ALTER", "DROP" ->
                in.peek().is("DATABASE") ? new DatabaseParser(in).parse(token) : query(token);
            case "DBCC" -> new DatabaseParser(in).dbcc(line);
            case "KILL" -> new Statement.Kill(Operand.parse(in), line);
            case "USE" -> new Statement.Use(in.expectName(), line);
            default -> other(token);
        };
    }

    private Statement other(Token token) {
        var session = new SessionParser(in).parse(token);
        if (session != null) {
            return session;
        }
        if (token.is("SELECT")
                && in.peek().kind() == Token.Kind.VARIABLE
                && in.peek(1).isSymbol("=")) {
            return selectAssign(token.line());
        }
        if (!token.isOneOf(FOR_H2)) {
            throw token.isOneOf(Boundaries.STARTS)
                    ? SyntaxError.unsupported(token.upper(), token)
                    : SyntaxError.near(token);
        }
        return query(token);
    }

    private Statement query(Token verb) {
        return new Statement.Query(verb.upper(), Boundaries.takeStatement(in, verb.upper()), verb.line());
    }

    private Statement begin(int line) {
        if (in.peek().isOneOf(Set.of("TRAN", "TRANSACTION"))) {
            return transaction(Statement.Transaction.Verb.BEGIN, line);
        }
        if (in.peek().isOneOf(Set.of("TRY", "CATCH", "DISTRIBUTED", "DIALOG"))) {
            throw SyntaxError.unsupported("BEGIN " + in.peek().upper(), in.peek());
        }
        var statements = new ArrayList<Statement>();
        in.acceptSymbol(";");
        while (!in.accept("END")) {
            if (in.atEnd()) {
                throw SyntaxError.near(in.previous());
            }
            statements.add(statement());
        }
        return new Statement.Block(statements, line);
    }

    private Statement transaction(Statement.Transaction.Verb verb, int line) {
        in.acceptOneOf(Set.of("TRAN", "TRANSACTION", "WORK"));
        var isName = in.peek().isName() && !in.peek().isOneOf(Boundaries.STARTS);
        if (isName || in.peek().kind() == Token.Kind.VARIABLE) {
            in.next();
        }
        return new Statement.Transaction(verb, line);
    }

    private Statement conditional(int line) {
        var condition = Boundaries.takeExpression(in);
        var then = statement();
        var otherwise = in.accept("ELSE") ? statement() : null;
        return new Statement.If(condition, then, otherwise, line);
    }

    private Statement selectAssign(int line) {
        var assignments = new ArrayList<Statement.Assignment>();
        do {
            var variable = in.next();
            if (variable.kind() != Token.Kind.VARIABLE) {
                throw SyntaxError.near(variable);
            }
            in.expectSymbol("=");
            assignments.add(new Statement.Assignment(Names.variable(variable), Boundaries.takeItem(in)));
        } while (in.acceptSymbol(","));
        var rest = in.peek().is("FROM") ? Boundaries.takeExpression(in).tokens() : List.<Token>of();
        return new Statement.SelectAssign(assignments, rest, line);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses CREATE, ALTER and DROP DATABASE, and DBCC. */
final class DatabaseParser {
    private static final Set<String> CHECKS = Set.of("CHECKDB", "CHECKALLOC", "CHECKCATALOG");

    private final TokenStream in;

    DatabaseParser(TokenStream in) {
        this.in = in;
    }

    /** The verb was just taken; DATABASE is next. */
    Statement parse(Token verb) {
        in.expect("DATABASE");
        var line = verb.line();
        return switch (verb.upper()) {
            case "CREATE" -> create(line);
            case "DROP" -> drop(line);
            default -> alter(line);
        };
    }

    /** DBCC was just taken. */
    Statement dbcc(int line) {
        var command = in.next();
        if (!command.isOneOf(CHECKS)) {
            throw SyntaxError.unsupported("DBCC " + command.text(), command);
        }
        Operand database = null;
        if (in.acceptSymbol("(")) {
            database = Operand.parse(in);
            while (in.acceptSymbol(",")) {
                in.expect("NOINDEX");
            }
            in.expectSymbol(")");
        }
        var informational = true;
        if (in.accept("WITH")) {
            do {
                informational &= !in.peek().is("NO_INFOMSGS");
                in.expectName();
            } while (in.acceptSymbol(","));
        }
        return new Statement.CheckDb(isZero(database) ? null : database, informational, line);
    }

    /** Zero stands for the current database. */
    private static boolean isZero(Operand database) {
        return database instanceof Operand.Literal literal && literal.text().equals("0");
    }

    private Statement create(int line) {
        var name = in.expectName();
        var files = new ArrayList<Statement.File>();
        if (in.accept("ON")) {
            in.accept("PRIMARY");
            files.addAll(files(false));
        }
        if (in.peek().is("LOG") && in.peek(1).is("ON")) {
            in.next();
            in.next();
            files.addAll(files(true));
        }
        var collation = in.accept("COLLATE") ? in.expectName() : null;
        return new Statement.CreateDatabase(name, files, collation, line);
    }

    private List<Statement.File> files(boolean log) {
        var all = new ArrayList<Statement.File>();
        do {
            all.add(file(log));
        } while (in.acceptSymbol(","));
        return all;
    }

    private Statement.File file(boolean log) {
        String logicalName = null;
        String physicalName = null;
        in.expectSymbol("(");
        do {
            var property = in.next();
            in.expectSymbol("=");
            if (property.is("NAME")) {
                logicalName = in.next().text();
            } else if (property.is("FILENAME")) {
                physicalName = in.expectString();
            } else {
                in.next();
                in.acceptOneOf(Set.of("KB", "MB", "GB", "TB"));
                in.acceptSymbol("%");
            }
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
        return new Statement.File(log, logicalName, physicalName);
    }

    private Statement drop(int line) {
        var ifExists = in.accept("IF");
        if (ifExists) {
            in.expect("EXISTS");
        }
        var names = new ArrayList<String>();
        do {
            names.add(in.expectName());
        } while (in.acceptSymbol(","));
        return new Statement.DropDatabase(names, ifExists, line);
    }

    private Statement alter(int line) {
        var name = in.expectName();
        if (!in.accept("SET")) {
            throw SyntaxError.unsupported("ALTER DATABASE " + in.peek().text(), in.peek());
        }
        var settings = new ArrayList<String>();
        do {
            settings.add(setting());
        } while (in.acceptSymbol(","));
        var immediate = false;
        if (in.accept("WITH")) {
            immediate = in.accept("ROLLBACK");
            termination(immediate);
        }
        return new Statement.AlterDatabase(name.equals("CURRENT") ? null : name, settings, immediate, line);
    }

    /** ROLLBACK IMMEDIATE, ROLLBACK AFTER n [SECONDS], or NO_WAIT. */
    private void termination(boolean rollback) {
        if (!rollback) {
            in.expect("NO_WAIT");
        } else if (!in.accept("IMMEDIATE")) {
            in.expect("AFTER");
            in.expectInteger();
            in.accept("SECONDS");
        }
    }

    /** One or two words, e.g. OFFLINE or RECOVERY SIMPLE. */
    private String setting() {
        var first = in.next();
        if (first.kind() != Kind.WORD) {
            throw SyntaxError.near(first);
        }
        var words = new StringBuilder(first.upper());
        in.acceptSymbol("=");
        while (goesOn(in.peek())) {
            words.append(' ').append(in.next().upper());
        }
        return words.toString();
    }

    private static boolean goesOn(Token token) {
        var isWord = token.kind() == Kind.WORD && !token.is("WITH") && !token.isOneOf(Boundaries.STARTS);
        return isWord || token.kind() == Kind.NUMBER;
    }
}

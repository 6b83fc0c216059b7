// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Column;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Completion.Command;
import io.poolkeeper.lab.sql.session.SqlType;
import io.poolkeeper.lab.sql.tsql.Expression;
import io.poolkeeper.lab.sql.tsql.H2Dialect;
import io.poolkeeper.lab.sql.tsql.Lexer;
import io.poolkeeper.lab.sql.tsql.Rewritten;
import io.poolkeeper.lab.sql.tsql.Scope;
import io.poolkeeper.lab.sql.tsql.Statement;
import io.poolkeeper.lab.sql.tsql.Token;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs what H2 can run: queries, changes of rows and of tables, and the expressions in other statements. */
final class QueryRunner {
    private static final Set<String> DEFINITIONS = Set.of("CREATE", "ALTER", "DROP", "TRUNCATE");
    private static final Set<String> READS = Set.of("SELECT", "WITH");

    private final StatementContext context;
    private final EngineSession session;
    private final Scope scope;

    QueryRunner(StatementContext context) {
        this.context = context;
        session = context.session();
        scope = new SessionScope(session, context.variables());
    }

    /** Runs a statement and tells its result. */
    void run(Statement.Query query) throws SQLException {
        var rewritten = H2Dialect.rewrite(query.tokens(), scope);
        var database = database(rewritten);
        if (database.readOnly() && !READS.contains(query.verb())) {
            throw SqlFailure.of(3906, database.name());
        }
        session.transactions().beforeStatement(context.results());
        long rows;
        try (var statement = prepare(rewritten, database)) {
            rows = execute(statement, rewritten, query.verb());
        } finally {
            context.execution().finished();
        }
        if (DEFINITIONS.contains(query.verb())) {
            logDefinition(database, rewritten.sql());
        }
        session.transactions().afterStatement();
        session.settings().ended(Math.max(0, rows), 0);
    }

    /** Whether a condition holds. */
    boolean condition(Expression condition) throws SQLException {
        var tokens = new ArrayList<>(words("SELECT CASE WHEN"));
        tokens.addAll(condition.tokens());
        tokens.addAll(words("THEN 1 ELSE 0 END"));
        return ((Number) single(tokens).get(0)).intValue() == 1;
    }

    /** The value of an expression. */
    Object value(Expression expression) throws SQLException {
        var tokens = new ArrayList<>(words("SELECT"));
        tokens.addAll(expression.tokens());
        return single(tokens).get(0);
    }

    /** The last row of SELECT with these words behind it; empty if there is none. */
    List<Object> single(List<Token> tokens) throws SQLException {
        var rewritten = H2Dialect.rewrite(tokens, scope);
        try (var statement = prepare(rewritten, database(rewritten));
                var rows = statement.executeQuery()) {
            List<Object> last = List.of();
            while (rows.next()) {
                last = Cells.row(rows);
            }
            return last;
        } finally {
            context.execution().finished();
        }
    }

    private Database database(Rewritten rewritten) {
        var name = rewritten.database() == null ? session.database() : rewritten.database();
        return context.instance().databases().online(name);
    }

    private PreparedStatement prepare(Rewritten rewritten, Database database) throws SQLException {
        var statement = session.connections().of(database).prepareStatement(rewritten.sql());
        Cells.bind(statement, rewritten.values());
        context.execution().running(statement);
        return statement;
    }

    private long execute(PreparedStatement statement, Rewritten rewritten, String verb) throws SQLException {
        if (statement.execute()) {
            try (var rows = statement.getResultSet()) {
                return send(rows, rewritten.variants());
            }
        }
        var count = statement.getLargeUpdateCount();
        var isDefinition = DEFINITIONS.contains(verb);
        done(isDefinition ? Completion.PLAIN : Completion.of(command(verb), count));
        return isDefinition ? 0 : count;
    }

    private long send(ResultSet rows, Set<Integer> variants) throws SQLException {
        var metaData = rows.getMetaData();
        var columns = new ArrayList<Column>();
        for (var i = 1; i <= metaData.getColumnCount(); i++) {
            var type = variants.contains(i - 1) ? SqlType.VARIANT : H2Types.of(metaData, i);
            columns.add(new Column(metaData.getColumnLabel(i), type));
        }
        context.results().columns(columns);
        var count = 0L;
        while (rows.next()) {
            context.execution().check();
            context.results().row(Cells.row(rows));
            count++;
        }
        done(Completion.of(Command.SELECT, count));
        return count;
    }

    private void done(Completion completion) {
        context.results().done(session.settings().noCount() ? completion.uncounted() : completion);
    }

    /** What changes tables is logged as a statement, and new tables are watched. */
    private void logDefinition(Database database, String sql) throws SQLException {
        if (!database.changes().isActive()) {
            return;
        }
        var connection = session.connections().of(database);
        database.changes().add(ChangeLog.session(connection), new ChangeLog.Change.Definition(sql));
        ChangeTrigger.attach(connection, database);
    }

    private static Command command(String verb) {
        return switch (verb) {
            case "INSERT" -> Command.INSERT;
            case "UPDATE" -> Command.UPDATE;
            case "DELETE" -> Command.DELETE;
            case "MERGE" -> Command.MERGE;
            default -> Command.OTHER;
        };
    }

    private static List<Token> words(String text) {
        var tokens = Lexer.tokens(text);
        return tokens.subList(0, tokens.size() - 1);
    }
}

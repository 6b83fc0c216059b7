// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.tsql.Parser;
import io.poolkeeper.lab.sql.tsql.Statement;
import java.sql.SQLException;
import java.util.List;

/** Runs one statement by handing it to whoever knows its kind. */
final class StatementRunner {
    private final StatementContext context;
    private final QueryRunner queries;
    private final SessionStatements sessions;
    private final DatabaseStatements databases;

    StatementRunner(StatementContext context) {
        this.context = context;
        queries = new QueryRunner(context);
        sessions = new SessionStatements(context, queries);
        databases = new DatabaseStatements(context);
    }

    /** Runs it; whether the batch goes on. */
    boolean run(Statement statement) throws SQLException {
        if (statement instanceof Statement.Return) {
            return false;
        }
        if (statement instanceof Statement.Block s) {
            return all(s);
        }
        if (statement instanceof Statement.If s) {
            return choose(s);
        }
        if (statement instanceof Statement.While s) {
            return repeat(s);
        }
        if (statement instanceof Statement.ExecuteText s) {
            return text(s);
        }
        if (statement instanceof Statement.Query s) {
            queries.run(s);
        } else if (!sessions.run(statement)) {
            maintain(statement);
        }
        return true;
    }

    private boolean all(Statement.Block block) {
        return nested().run(block.statements(), context.variables());
    }

    private boolean choose(Statement.If statement) throws SQLException {
        var chosen = queries.condition(statement.condition()) ? statement.then() : statement.otherwise();
        return chosen == null || nested().run(List.of(chosen), context.variables());
    }

    private boolean repeat(Statement.While statement) throws SQLException {
        while (queries.condition(statement.condition())) {
            if (!nested().run(List.of(statement.body()), context.variables())) {
                return false;
            }
        }
        return true;
    }

    private boolean text(Statement.ExecuteText statement) throws SQLException {
        var text = queries.value(statement.text());
        return nested().run(Parser.parse(String.valueOf(text)), new Variables());
    }

    private BatchRunner nested() {
        return new BatchRunner(context.session(), context.results(), context.execution());
    }

    private void maintain(Statement statement) throws SQLException {
        var maintenance = context.instance().maintenance();
        if (statement instanceof Statement.Backup s) {
            maintenance.backup(s, context);
        } else if (statement instanceof Statement.Restore s) {
            maintenance.restore(s, context);
        } else if (statement instanceof Statement.Inspect s) {
            maintenance.inspect(s, context);
            return;
        } else {
            databases.run(statement);
        }
        context.session().settings().ended(0, 0);
        context.results().done(Completion.PLAIN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.tsql.Statement;
import java.sql.Connection;
import java.sql.SQLException;

/** DBCC CHECKDB: reads every row of every table and says how many there are. */
final class CheckDb {
    private final StatementContext context;

    CheckDb(StatementContext context) {
        this.context = context;
    }

    void run(Statement.CheckDb statement) {
        var session = context.session();
        var name = statement.database() == null
                ? session.database()
                : context.variables().text(statement.database());
        var database = context.instance().databases().online(name);
        session.setActivity(new Activity("DBCC TABLE CHECK", database.id()));
        try (var connection = database.store().open()) {
            check(database, connection, statement.informational());
        } catch (SQLException e) {
            throw H2Errors.failure(e);
        } finally {
            session.setActivity(null);
        }
    }

    private void check(Database database, Connection connection, boolean informational) throws SQLException {
        var results = context.results();
        if (informational) {
            results.message(Messages.of(2536, database.name()));
        }
        for (var table : UserTables.baseTables(connection)) {
            context.execution().check();
            var rows = read(connection, table);
            if (informational) {
                results.message(Messages.of(2536, table.name()));
                results.message(Messages.of(2593, rows, Database.pagesFor(rows), table.name()));
            }
        }
        if (informational) {
            results.message(Messages.of(8989, 0, 0, database.name()));
            results.message(Messages.of(2528));
        }
    }

    private static long read(Connection connection, UserTables.Table table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table.quoted())) {
            var count = 0L;
            while (rows.next()) {
                Cells.row(rows);
                count++;
            }
            return count;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.tsql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * DBCC CHECKDB: reads every row of every table, says how many there are, and finds values that no column may hold: a float that
 * is no number (2570). Such values come from damage alone, for no statement lets them in; no checksum sees them.
 */
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
        var findings = new ArrayList<Message>();
        var errors = 0;
        for (var table : UserTables.baseTables(connection)) {
            context.execution().check();
            var impure = new ArrayList<Message>();
            var rows = read(connection, table, impure);
            if (informational) {
                results.message(Messages.of(2536, table.name()));
                results.message(Messages.of(2593, rows, Database.pagesFor(rows), table.name()));
            }
            if (!impure.isEmpty()) {
                errors += impure.size();
                findings.addAll(impure);
                findings.add(Messages.of(8990, 0, impure.size(), table.name(), table.objectId()));
            }
        }
        if (!findings.isEmpty()) {
            findings.add(Messages.of(8989, 0, errors, database.name()));
            throw SqlFailure.of(findings.toArray(new Message[0]));
        }
        if (informational) {
            results.message(Messages.of(8989, 0, 0, database.name()));
            results.message(Messages.of(2528));
        }
    }

    private static long read(Connection connection, UserTables.Table table, List<Message> impure) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table.quoted())) {
            var count = 0L;
            while (rows.next()) {
                var values = Cells.row(rows);
                for (var column = 0; column < values.size(); column++) {
                    if (values.get(column) instanceof Double number && !Double.isFinite(number)) {
                        var name = rows.getMetaData().getColumnLabel(column + 1);
                        impure.add(Messages.of(
                                2570, 1, Database.pagesFor(count), count % 100, table.objectId(), name, "float"));
                    }
                }
                count++;
            }
            return count;
        }
    }
}

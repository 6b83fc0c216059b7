// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Cells;
import io.poolkeeper.lab.sql.engine.ChangeLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Does again what a log set tells. */
final class Replay {
    private final Connection connection;

    Replay(Connection connection) {
        this.connection = connection;
    }

    /** All changes of one transaction. */
    void apply(ChangeLog.LogRecord entry) throws SQLException {
        for (var change : entry.changes()) {
            if (change instanceof ChangeLog.Change.Definition definition) {
                try (var statement = connection.createStatement()) {
                    statement.execute(definition.sql());
                }
            } else if (change instanceof ChangeLog.Change.Row row) {
                apply(row);
            }
        }
    }

    private void apply(ChangeLog.Change.Row row) throws SQLException {
        var table = quoted(row.schema()) + "." + quoted(row.table());
        if (row.before() == null) {
            var marks = String.join(", ", Collections.nCopies(row.after().size(), "?"));
            run("INSERT INTO " + table + " VALUES (" + marks + ")", row.after());
            return;
        }
        var columns = columns(table);
        if (row.after() == null) {
            run("DELETE FROM " + table + same(columns), row.before());
            return;
        }
        var values = new ArrayList<>(row.after());
        values.addAll(row.before());
        var sets = columns.stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
        run("UPDATE " + table + " SET " + sets + same(columns), values);
    }

    /** One row that holds just these values; where several do, it does not matter which. */
    private static String same(List<String> columns) {
        return columns.stream()
                .map(column -> column + " IS NOT DISTINCT FROM ?")
                .collect(Collectors.joining(" AND ", " WHERE ", " FETCH FIRST ROW ONLY"));
    }

    private List<String> columns(String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            var names = new ArrayList<String>();
            for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                names.add(quoted(rows.getMetaData().getColumnName(i)));
            }
            return names;
        }
    }

    private void run(String sql, List<Object> values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            Cells.bind(statement, values);
            statement.executeUpdate();
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}

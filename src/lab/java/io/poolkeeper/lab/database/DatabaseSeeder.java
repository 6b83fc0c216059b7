// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes tables into an H2 database in MSSQLServer mode, the engine of the SQL Server stand-in. */
public final class DatabaseSeeder {
    private DatabaseSeeder() {}

    /** Makes the tables and their rows in one transaction. */
    public static void fill(Connection connection, List<Table> tables) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS dbo");
            for (var table : tables) {
                statement.execute(table.ddl());
                insert(connection, table);
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static void insert(Connection connection, Table table) throws SQLException {
        try (var statement = connection.prepareStatement(table.insert())) {
            for (var row : table.rows()) {
                for (var column = 0; column < row.length; column++) {
                    statement.setObject(column + 1, row[column]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}

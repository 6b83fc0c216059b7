// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.UserTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database as it is at one moment, while others go on changing it.
 *
 * @param connection sees that moment for as long as it is only asked for rows: H2's SCRIPT, for one, ends the moment
 * @param definitions what the database looks like
 * @param lsn everything up to there is in it, and nothing after
 */
record Snapshot(Connection connection, Definitions definitions, long lsn) implements AutoCloseable {
    static Snapshot of(Database database) throws SQLException {
        var connection = database.store().open();
        try (var statement = connection.createStatement();
                var other = database.store().open()) {
            statement.execute("SET LAZY_QUERY_EXECUTION TRUE");
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
            connection.setAutoCommit(false);
            synchronized (database.commitLock()) {
                // the first row asked for fixes the moment for all tables
                for (var table : UserTables.baseTables(other)) {
                    statement
                            .executeQuery("SELECT 1 FROM " + table.quoted() + " FETCH FIRST ROW ONLY")
                            .close();
                }
                return new Snapshot(
                        connection, Definitions.of(other), database.chain().advance());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}

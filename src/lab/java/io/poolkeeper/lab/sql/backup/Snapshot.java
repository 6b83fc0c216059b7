// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.UserTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database as it is at one moment, while others go on changing it.
 *
 * @param connection sees that moment for as long as it is open
 * @param lsn everything up to there is in it, and nothing after
 */
record Snapshot(Connection connection, long lsn) implements AutoCloseable {
    static Snapshot of(Database database) throws SQLException {
        var connection = database.store().open();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
            synchronized (database.commitLock()) {
                // the first statement on a table fixes the moment for all of them
                for (var table : UserTables.baseTables(connection)) {
                    statement
                            .executeQuery("SELECT 1 FROM " + table.quoted() + " FETCH FIRST ROW ONLY")
                            .close();
                }
                var lsn = database.chain().advance();
                statement.execute("SET LAZY_QUERY_EXECUTION TRUE");
                return new Snapshot(connection, lsn);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}

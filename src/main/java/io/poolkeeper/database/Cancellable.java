// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.step.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs one long statement: its messages tell how far it is, and a cancelled run stops it on the server (TDS attention). */
final class Cancellable {
    private Cancellable() {}

    static void execute(Connection connection, Work work, String sql) throws SQLException {
        ServerMessages.listen(connection, work);
        try (var statement = connection.createStatement()) {
            work.onCancel(() -> cancel(statement));
            statement.execute(sql);
        } finally {
            work.onCancel(() -> {});
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException("the statement cannot be cancelled", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's connections to H2, one for each database that it has used. They never commit by themselves: {@link
 * Transactions} decides, and the database's log hears of it in the same breath. Used by one thread at a time.
 */
final class SessionConnections {
    private static final Logger LOG = LoggerFactory.getLogger(SessionConnections.class);

    private final Map<H2Store, Open> open = new HashMap<>();

    private record Open(Database database, Connection connection, int number) {}

    Connection of(Database database) throws SQLException {
        var known = open.get(database.store());
        if (known == null) {
            var connection = database.store().open();
            connection.setAutoCommit(false);
            sendRowsAsTheyCome(connection);
            database.changes().track(connection);
            known = new Open(database, connection, ChangeLog.session(connection));
            open.put(database.store(), known);
        }
        return known.connection();
    }

    /** Without this H2 collects a whole result before its first row is seen. */
    private static void sendRowsAsTheyCome(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LAZY_QUERY_EXECUTION TRUE");
        }
    }

    void commit() throws SQLException {
        forgetReplaced();
        for (var one : open.values()) {
            synchronized (one.database().commitLock()) {
                one.connection().commit();
                one.database().changes().committed(one.number());
            }
        }
    }

    void rollback() throws SQLException {
        forgetReplaced();
        for (var one : open.values()) {
            one.connection().rollback();
            one.database().changes().rolledBack(one.number());
        }
    }

    void close() {
        open.values().forEach(SessionConnections::close);
        open.clear();
    }

    /** A restore or a drop has taken the rows away from under the connection. */
    private void forgetReplaced() {
        open.entrySet().removeIf(entry -> {
            var one = entry.getValue();
            if (one.database().store() == entry.getKey() && !isClosed(one.connection())) {
                return false;
            }
            close(one);
            return true;
        });
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private static void close(Open one) {
        one.database().changes().untrack(one.number());
        try {
            one.connection().close();
        } catch (SQLException e) {
            LOG.debug(
                    "a connection to {} was closed already: {}", one.database().name(), e.getMessage());
        }
    }
}

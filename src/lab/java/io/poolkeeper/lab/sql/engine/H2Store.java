// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * One H2 database in memory, which holds the tables of one SQL Server database. Tables live in schema {@code dbo} as in
 * SQL Server; {@code sys} holds the system views, PUBLIC the functions behind them.
 */
public final class H2Store {
    private static final String SETTINGS = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000"
            + ";NON_KEYWORDS=VALUE,KEY,YEAR,MONTH,DAY,HOUR,MINUTE,SECOND";

    /** Never makes one that was forgotten anew, empty. */
    private static final String EXISTING = ";IFEXISTS=TRUE";

    private final String key = "lab_" + UUID.randomUUID();
    private volatile boolean dropped;

    private H2Store() {}

    /** Makes an empty database with the system views of the given catalogue. */
    public static H2Store create(SystemViews views, Database database) {
        var store = new H2Store();
        try (var connection = store.connect("");
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA dbo");
            statement.execute("CREATE SCHEMA sys");
            H2Functions.install(connection, store.key, views, database);
            return store;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make a database in memory: " + e.getMessage(), e);
        }
    }

    /** A new connection; the caller closes it. */
    public Connection open() throws SQLException {
        var connection = connect(EXISTING);
        try (var statement = connection.createStatement()) {
            statement.execute("SET SCHEMA dbo");
            statement.execute("SET SCHEMA_SEARCH_PATH dbo, PUBLIC");
        }
        return connection;
    }

    /** Forgets everything in it. Connections that are still open fail from now on. */
    public void drop() {
        if (dropped) {
            return;
        }
        dropped = true;
        H2Functions.uninstall(key);
        try (var connection = connect(EXISTING);
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop a database in memory: " + e.getMessage(), e);
        }
    }

    /** Whether it was forgotten; whoever still reads it then fails. */
    boolean isDropped() {
        return dropped;
    }

    private Connection connect(String more) throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:" + key + SETTINGS + more, "sa", "");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.PermanentFault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/** Connections to the site's SQL Server instances. The password is fetched for each, and is never part of a URL. */
public final class SqlConnections {
    /** How long a login may take. */
    public static final Duration LOGIN = Duration.ofSeconds(15);

    private SqlConnections() {}

    /**
     * Opens a connection in autocommit mode: BACKUP refuses to run in a transaction (3021).
     *
     * @param login how long that may take; whole seconds, at least one
     * @throws io.poolkeeper.step.StepFault if the server cannot be reached or refuses
     */
    static Connection open(SqlSource source, Duration login) {
        try {
            return connect(source, login);
        } catch (SQLException e) {
            throw SqlFaults.refused(source, "connecting to sql." + source.key() + " (" + source.url() + ")", e);
        } catch (SecretRef.UnresolvedSecret e) {
            throw new PermanentFault(
                    "sql." + source.key() + ".password: " + e.getMessage(), "check the reference in the site file", e);
        }
    }

    private static Connection connect(SqlSource source, Duration login) throws SQLException {
        var properties = new Properties();
        source.user().ifPresent(user -> properties.setProperty("user", user));
        source.password().ifPresent(password -> properties.setProperty("password", password.resolve()));
        properties.setProperty("loginTimeout", Long.toString(Math.max(1, login.toSeconds())));
        properties.setProperty("applicationName", "Poolkeeper");
        switch (source.authentication()) {
            case "windows" -> properties.setProperty("integratedSecurity", "true");
            case "ntlm" -> {
                properties.setProperty("integratedSecurity", "true");
                properties.setProperty("authenticationScheme", "NTLM");
            }
            case "kerberos" -> {
                properties.setProperty("integratedSecurity", "true");
                properties.setProperty("authenticationScheme", "JavaKerberos");
            }
            default -> {
                return DriverManager.getConnection(source.url(), properties);
            }
        }
        return DriverManager.getConnection(source.url(), properties);
    }

    /** What the routes' jdbc endpoints use. */
    public static DataSource dataSource(SqlSource source, Duration login) {
        return new SQLServerDataSource() {
            @Override
            public Connection getConnection() throws com.microsoft.sqlserver.jdbc.SQLServerException {
                try {
                    return connect(source, login);
                } catch (com.microsoft.sqlserver.jdbc.SQLServerException e) {
                    throw e;
                } catch (SQLException e) {
                    throw new IllegalStateException("SQL Server's driver threw something of another driver", e);
                }
            }
        };
    }
}

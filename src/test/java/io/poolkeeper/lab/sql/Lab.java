// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import io.poolkeeper.lab.sql.engine.Credentials;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.InstanceProfile;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.Tls;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Map;

/** A stand-in for the tests, with the folder {@code C:\backup} and the driver's way to it. */
public final class Lab implements AutoCloseable {
    public static final String PASSWORD = "pa$$w0rd";

    public final SqlServerStandIn server;
    public final Path folder;

    private Lab(SqlServerStandIn server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** A Standard edition of 2019. */
    public static Lab start(Path folder) {
        return start(folder, ServerVersion.SQL_2019, Edition.STANDARD, TlsPolicy.OFFERED);
    }

    public static Lab start(Path folder, ServerVersion version, Edition edition, TlsPolicy policy) {
        try {
            var profile = new InstanceProfile("OCS2007\\RTC", version, edition);
            var folders = Files.isDirectory(virtualDevices(folder))
                    ? Map.of("C:\\backup", folder, "\\\\.\\vdi", virtualDevices(folder))
                    : Map.of("C:\\backup", folder);
            var server = SqlServerStandIn.start(
                    profile, 0, new Credentials("sa", PASSWORD), folders, Tls.selfSigned(policy));
            return new Lab(server, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, on a server that VSS can take snapshots of; they lie beside the folder. */
    public static Lab startWithSnapshots(Path folder) {
        try {
            Files.createDirectories(virtualDevices(folder));
            return start(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path virtualDevices(Path folder) {
        return folder.resolveSibling("vdi");
    }

    /** Where the content of virtual devices lies. */
    public Path virtualDevices() {
        return virtualDevices(folder);
    }

    /** A database with a table dbo.Resource of so many rows. */
    public Lab with(String database, RecoveryModel model, int rows) {
        server.createDatabase(database, model);
        try (var connection = server.openForSeeding(database);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE dbo.Resource(ResourceId int IDENTITY(1,1) PRIMARY KEY,"
                    + " UserAtHost nvarchar(450) NOT NULL, Changed datetime2, Photo varbinary(max))");
            try (var insert = connection.prepareStatement(
                    "INSERT INTO dbo.Resource(UserAtHost, Changed, Photo) VALUES (?, ?, ?)")) {
                for (var i = 1; i <= rows; i++) {
                    insert.setString(1, "user" + i + "@ocs.lab");
                    insert.setObject(2, LocalDateTime.of(2026, 11, 23, 2, 14).plusSeconds(i));
                    insert.setBytes(3, new byte[] {(byte) i, (byte) (i >> 8), 3});
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    public String url(String more) {
        return "jdbc:sqlserver://127.0.0.1:" + server.port()
                + ";encrypt=true;trustServerCertificate=true;loginTimeout=10;" + more;
    }

    public Connection connect() throws SQLException {
        return connect("");
    }

    public Connection connect(String more) throws SQLException {
        return DriverManager.getConnection(url(more), "sa", PASSWORD);
    }

    @Override
    public void close() {
        server.close();
    }
}

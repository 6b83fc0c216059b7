// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stand-in is told to be decides what it says and what it refuses. */
class ProfilesTest {
    @TempDir
    Path folder;

    /** A version and an edition of SQL Server by a name for both. */
    record Profile(ServerVersion version, Edition edition) {
        static Profile named(String name) {
            return switch (name) {
                case "EXPRESS_2005" -> new Profile(ServerVersion.SQL_2005_SP4, Edition.EXPRESS);
                case "STANDARD_2008_R2" -> new Profile(ServerVersion.SQL_2008_R2_SP3, Edition.STANDARD);
                case "ENTERPRISE_2019" -> new Profile(ServerVersion.SQL_2019, Edition.ENTERPRISE);
                case "ENTERPRISE_2022" -> new Profile(ServerVersion.SQL_2022, Edition.ENTERPRISE);
                default -> throw new IllegalArgumentException(name);
            };
        }
    }

    private Lab start(Profile profile) {
        return Lab.start(folder, profile.version(), profile.edition(), TlsPolicy.OFFERED)
                .with("rtc", RecoveryModel.SIMPLE, 10);
    }

    private static String scalar(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Set<String> columns(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var names = new HashSet<String>();
            for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                names.add(rows.getMetaData().getColumnLabel(i));
            }
            return names;
        }
    }

    /** The driver learns the server's age before it logs in and then asks for no more than that server speaks. */
    @ParameterizedTest
    @CsvSource({
        "EXPRESS_2005, 0x72090002, 9.00.5000.00, Express Edition, 9.00.5000",
        "STANDARD_2008_R2, 0x730B0003, 10.50.6000.34, Standard Edition (64-bit), 10.50.6000",
        "ENTERPRISE_2019, 0x74000004, 15.0.2000.5, Enterprise Edition (64-bit), 15.00.2000",
        "ENTERPRISE_2022, 0x74000004, 16.0.1000.6, Enterprise Edition (64-bit), 16.00.1000"
    })
    void makesTheDriverSpeakItsTds(Profile profile, String tds, String version, String edition, String toTheDriver)
            throws SQLException {
        try (var lab = start(profile);
                var connection = lab.connect()) {
            var sql = "SELECT protocol_version FROM sys.dm_exec_connections WHERE session_id = @@SPID";
            assertThat(scalar(connection, sql)).isEqualTo(Integer.decode(tds).toString());
            assertThat(scalar(connection, "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128))"))
                    .isEqualTo(version);
            assertThat(scalar(connection, "SELECT CAST(SERVERPROPERTY('Edition') AS nvarchar(128))"))
                    .isEqualTo(edition);
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo(toTheDriver);
        }
    }

    /** A type that TDS 7.2 has no word for comes as text. */
    @ParameterizedTest
    @CsvSource({"EXPRESS_2005, false", "STANDARD_2008_R2, true", "ENTERPRISE_2022, true"})
    void sendsDatetime2OnlyWhereTdsHasIt(Profile profile, boolean asTimestamp) throws SQLException {
        try (var lab = start(profile);
                var connection = lab.connect("databaseName=rtc");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT TOP 1 Changed FROM dbo.Resource ORDER BY ResourceId")) {
            rows.next();
            assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(asTimestamp ? Types.TIMESTAMP : Types.NVARCHAR);
            assertThat(rows.getString(1)).startsWith("2026-11-23 02:14:01.0");
        }
    }

    @ParameterizedTest
    @CsvSource({"EXPRESS_2005, false", "STANDARD_2008_R2, true", "ENTERPRISE_2019, true", "ENTERPRISE_2022, true"})
    void compressesOnlyWhereTheEditionDoes(Profile profile, boolean compresses) throws SQLException {
        try (var lab = start(profile);
                var connection = lab.connect();
                var statement = connection.createStatement()) {
            var sql = "BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak' WITH COMPRESSION";
            if (compresses) {
                statement.execute(sql);
                try (var header = statement.executeQuery("RESTORE HEADERONLY FROM DISK = 'C:\\backup\\x.bak'")) {
                    header.next();
                    assertThat(header.getInt("Compressed")).isOne();
                }
            } else {
                assertThatThrownBy(() -> statement.execute(sql))
                        .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(1844, 3013));
            }
        }
    }

    @Test
    void refusesCompressionOn2008WithoutR2UnlessEnterprise() throws SQLException {
        try (var lab = Lab.start(folder, ServerVersion.SQL_2008_SP4, Edition.STANDARD, TlsPolicy.OFFERED)
                        .with("rtc", RecoveryModel.SIMPLE, 1);
                var connection = lab.connect();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() ->
                            statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak' WITH COMPRESSION"))
                    .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(1844, 3013))
                    .hasMessageContaining("Standard Edition (64-bit)");
        }
    }

    /** RESTORE's results grew with the versions. */
    @ParameterizedTest
    @CsvSource({
        "EXPRESS_2005, false, false, false",
        "STANDARD_2008_R2, true, false, false",
        "ENTERPRISE_2019, true, true, true",
        "ENTERPRISE_2022, true, true, true"
    })
    void namesOnlyTheColumnsOfItsAge(Profile profile, boolean compressed, boolean containment, boolean snapshot)
            throws SQLException {
        try (var lab = start(profile);
                var connection = lab.connect();
                var statement = connection.createStatement()) {
            statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak'");
            var header = columns(connection, "RESTORE HEADERONLY FROM DISK = 'C:\\backup\\x.bak'");
            var files = columns(connection, "RESTORE FILELISTONLY FROM DISK = 'C:\\backup\\x.bak'");

            assertThat(header.contains("CompressedBackupSize")).isEqualTo(compressed);
            assertThat(header.contains("Containment") || header.contains("containment"))
                    .isEqualTo(containment);
            assertThat(files.contains("SnapshotUrl")).isEqualTo(snapshot);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXPRESS_2005", "STANDARD_2008_R2", "ENTERPRISE_2019", "ENTERPRISE_2022"})
    void refusesABackupOfALaterVersion(Profile profile) throws SQLException {
        var latest = ServerVersion.SQL_2022;
        try (var newer = Lab.start(folder, latest, Edition.ENTERPRISE, TlsPolicy.OFFERED)
                        .with("late", RecoveryModel.SIMPLE, 1);
                var connection = newer.connect();
                var statement = connection.createStatement()) {
            statement.execute("BACKUP DATABASE late TO DISK = 'C:\\backup\\late.bak'");
        }
        try (var lab = start(profile);
                var connection = lab.connect();
                var statement = connection.createStatement()) {
            var sql = "RESTORE DATABASE late FROM DISK = 'C:\\backup\\late.bak'";
            if (profile.version().equals(latest)) {
                statement.execute(sql);
            } else {
                assertThatThrownBy(() -> statement.execute(sql))
                        .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(3169, 3013));
            }
        }
    }
}

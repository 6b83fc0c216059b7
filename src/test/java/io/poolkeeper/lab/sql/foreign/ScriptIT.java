// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.LabSite;
import io.poolkeeper.Needed;
import io.poolkeeper.site.SqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that {@code script} writes, run by a client that is not ours. */
class ScriptIT {
    private static final Pattern PORT = Pattern.compile("127[.]0[.]0[.]1:([0-9]+)");

    @TempDir
    static Path folder;

    private static LabSite site;
    private static SqlSource source;
    private static Path scripts;

    @BeforeAll
    static void write() {
        site = LabSite.start(folder.resolve("lab"));
        source = site.site().sql().get("ocs2007-rtc");
        scripts = folder.resolve("scripts");
        assertThat(site.run("script", "--to", scripts.toString()).exit()).isZero();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void find() {
        Needed.works("freetds", "install the Debian package freetds-bin", "tsql", "-C");
    }

    @Test
    void leavesABackupOfEveryDatabaseThatHoldsItsRows() throws IOException, SQLException {
        for (var name : List.of("rtc", "RTCConfig", "RTCAB", "master", "msdb")) {
            var ran = run(name);
            assertThat(ran.exitCode()).as(name + ": " + ran.err() + ran.out()).isZero();
        }
        try (var connection = connect()) {
            assertThat(restored(connection, "rtc"))
                    .isEqualTo(rows(connection, "rtc"))
                    .isNotEmpty();
        }
    }

    @Test
    void appendsASetAndVerifiesTheNewOne() throws IOException, SQLException {
        run("RTCAB");
        run("RTCAB");

        try (var connection = connect();
                var statement = connection.createStatement();
                var header = statement.executeQuery("RESTORE HEADERONLY FROM DISK = N'C:\\backup\\RTCAB.bak'")) {
            var positions = 0;
            while (header.next()) {
                positions++;
                assertThat(header.getInt("Position")).isEqualTo(positions);
                assertThat(header.getBoolean("HasBackupChecksums")).isTrue();
            }
            assertThat(positions).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void endsWithAnErrorWhenTheFolderIsNotThere() throws IOException {
        var sql =
                Files.readString(scripts.resolve("backup-ocs2007-rtc-rtc.sql")).replace("C:\\backup", "C:\\nowhere");

        assertThat(run(sql, "rtc").exitCode()).isNotZero();
    }

    @Test
    void namesEveryScriptOnceInTheBatchFile() throws IOException {
        var batch = Files.readString(scripts.resolve("backup-databases.cmd"));

        for (var name : List.of("rtc", "RTCConfig", "RTCAB", "master", "msdb")) {
            assertThat(batch).containsOnlyOnce("-i \"%~dp0backup-ocs2007-rtc-" + name + ".sql\"");
        }
        assertThat(batch)
                .contains("-b -V 11")
                .doesNotContain("\u2013")
                .contains("\r\n")
                .doesNotContain("secret");
        assertThat(scripts.resolve("task.xml")).content().contains("T23:00:00");
        assertThat(scripts.resolve("export-settings-ocs2007.cmd"))
                .content()
                .contains(
                        "/level:global,pool",
                        "ocs2007-globalandpool.xml",
                        "/poolname:ocs2007",
                        "/level:machine",
                        "/fqdn:ocs2007.ocs.lab");
    }

    private static FreeTds.Output run(String database) throws IOException {
        return run(Files.readString(scripts.resolve("backup-ocs2007-rtc-" + database + ".sql")), database);
    }

    private static FreeTds.Output run(String sql, String database) {
        var port = PORT.matcher(source.url());
        assertThat(port.find()).as(database).isTrue();
        return new FreeTds(folder, Integer.parseInt(port.group(1)), "request")
                .run(sql, "bsqldb", "-q", "-S", "lab", "-U", "sa", "-P", password(), "-D", "master");
    }

    private static Map<String, Long> restored(Connection connection, String database) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "RESTORE DATABASE scripted FROM DISK = N'C:\\backup\\" + database
                            + ".bak' WITH CHECKSUM, MOVE N'rtc' TO N'C:\\backup\\s.mdf', MOVE N'rtc_log' TO N'C:\\backup\\s.ldf'");
            var rows = rows(connection, "scripted");
            statement.execute("DROP DATABASE scripted");
            return rows;
        }
    }

    private static Map<String, Long> rows(Connection connection, String database) throws SQLException {
        var counts = new TreeMap<String, Long>();
        var tables = new java.util.ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT name FROM " + database + ".sys.tables")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        for (var table : tables) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT COUNT(*) FROM " + database + ".dbo.[" + table + "]")) {
                row.next();
                counts.put(table, row.getLong(1));
            }
        }
        return counts;
    }

    private static Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", password());
        return DriverManager.getConnection(source.url(), properties);
    }

    private static String password() {
        return source.password().orElseThrow().resolve();
    }
}

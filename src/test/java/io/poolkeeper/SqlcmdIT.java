// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sqlcmd.SqlcmdProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A site whose instance Java's driver cannot reach, because nothing listens where its URL points: sqlcmd alone finds the way.
 * Its backups restore on the instance for drills as those of any other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SqlcmdIT {
    private static final String RTC = "database:ocs2007-rtc/rtc";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static String direct;

    @BeforeAll
    static void start() throws IOException, SQLException {
        site = LabSite.start(folder.resolve("lab"));
        direct = site.lab().sqlUrl("ocs2007-rtc", "master");
        var port = site.lab().sqlPort("ocs2007-rtc");
        var closed = closedPort();
        SqlcmdProgram.install(site.folder()).reaches("127.0.0.1," + closed, port);
        var siteFile = site.lab().siteFile();
        Files.writeString(
                siteFile,
                Files.readString(siteFile)
                        .replace(
                                "    url: jdbc:sqlserver://127.0.0.1:" + port + ";",
                                "    method: sqlcmd\n    sqlcmd: [bin/sqlcmd]\n    url: jdbc:sqlserver://127.0.0.1:"
                                        + closed + ";"));
        sql("ALTER DATABASE rtc SET RECOVERY FULL");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void isCheckedAndPlannedAsAnyOther() {
        var plan = site.run("plan");

        assertThat(plan.out()).contains("sqlcmd").doesNotContain("does not answer");
        assertThat(site.run("check").out()).contains("SQL Server wrote a copy-only backup of model");
    }

    @Test
    @Order(2)
    void isBackedUpAtEveryLevel() throws SQLException {
        var full = site.run("backup", "--part", "rtc");
        assertThat(full.exit()).as(full.out()).isZero();
        assertThat(full.part(RTC).path("method").asText()).isEqualTo("sqlcmd");

        sql("CREATE TABLE rtc.dbo.Level (Id INT PRIMARY KEY)", "INSERT INTO rtc.dbo.Level VALUES (1)");
        for (var level : new String[] {"incremental", "log"}) {
            var next = site.run("backup", "--part", "rtc", "--level", level);
            assertThat(next.exit()).as(next.out()).isZero();
            assertThat(levelOf(next)).isEqualTo(level);
        }
    }

    @Test
    @Order(3)
    void isVerifiedAndRestoredOnTheInstanceForDrillsAndLeavesNothingBehind() throws IOException {
        var verify = site.run("verify");
        assertThat(verify.exit()).as(verify.out()).isZero();

        var drill = site.run("drill");
        assertThat(drill.exit()).as(drill.out()).isZero();
        assertThat(drill.part(RTC).path("verdict").asText()).isEqualTo("PROVEN");

        try (var left = Files.list(site.lab().folder().backups("ocs2007-rtc"))) {
            assertThat(left.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("rtc-log")))
                    .isEmpty();
        }
    }

    @Test
    @Order(4)
    void isVerifiedBySqlcmdWhereNoInstanceIsForDrills() throws IOException {
        var siteFile = site.lab().siteFile();
        Files.writeString(siteFile, Files.readString(siteFile).replace("    drill: drill-sql\n", ""));
        var backup = site.run("backup", "--part", "rtc");
        assertThat(backup.exit()).as(backup.out()).isZero();

        var verify = site.run("verify");

        assertThat(verify.exit()).as(verify.out()).isZero();
        assertThat(verify.part(RTC).path("depth").asText()).isEqualTo("content");
    }

    private static String levelOf(LabSite.Ended backup) {
        for (var part : site.run("show", backup.last().path("set").asText())
                .last()
                .path("manifest")
                .path("parts")) {
            if (part.path("part").asText().equals(RTC)) {
                return part.path("level").asText();
            }
        }
        throw new AssertionError("rtc is not in the set");
    }

    private static void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        direct,
                        "sa",
                        site.site()
                                .sql()
                                .get("ocs2007-rtc")
                                .password()
                                .orElseThrow()
                                .resolve());
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.set.Vault;
import io.poolkeeper.site.SqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Full, differential and log backups of a database that changes, and what becomes of a chain that others break. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LevelsIT {
    private static final String RTC = "database:ocs2007-rtc/rtc";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static SqlSource source;

    @BeforeAll
    static void start() throws SQLException {
        site = LabSite.start(folder.resolve("lab"));
        source = site.site().sql().get("ocs2007-rtc");
        sql(
                "ALTER DATABASE rtc SET RECOVERY FULL",
                "CREATE TABLE rtc.dbo.Level (Id INT PRIMARY KEY, What NVARCHAR(20))");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void takesAFullBackupWhereThereIsNothingToBuildOn() {
        var first = backup("incremental");

        assertThat(first.exit()).as(first.out()).isZero();
        assertThat(levelOf(first)).isEqualTo("full");
        assertThat(first.part(RTC).path("cause").asText())
                .isEqualTo("took a full backup: there is no earlier set to build on");
    }

    @Test
    @Order(2)
    void takesADifferentialThatRestoresOnTopOfItsFullBackup() throws SQLException {
        sql("INSERT INTO rtc.dbo.Level VALUES (1, 'differential')");

        var differential = backup("incremental");

        assertThat(differential.exit()).as(differential.out()).isZero();
        assertThat(levelOf(differential)).isEqualTo("incremental");
        assertRestores(1);
    }

    @Test
    @Order(3)
    void takesLogsThatRestoreInTheirOrder() throws SQLException {
        for (var id = 2; id <= 3; id++) {
            sql("INSERT INTO rtc.dbo.Level VALUES (" + id + ", 'log')");
            var log = backup("log");
            assertThat(log.exit()).as(log.out()).isZero();
            assertThat(levelOf(log)).isEqualTo("log");
        }
        assertRestores(3);
    }

    @Test
    @Order(4)
    void takesOnlyDatabasesThatHaveALogAndSaysWhichHaveNone() {
        var log = site.run("backup", "--level", "log");

        assertThat(log.exit()).as(log.out()).isZero();
        assertThat(log.last().path("expected").asInt()).isEqualTo(1);
        assertThat(log.last().path("notes").toString()).contains("ocs2007-rtc/RTCConfig");
        assertThat(site.run("status").last().path("restorable").path("line").asText())
                .startsWith(
                        "NOT RESTORABLE"); // only rtc was ever captured, and a log backup does not pretend otherwise
    }

    @Test
    @Order(5)
    void takesMasterInFullBecauseItKnowsNothingElse() {
        site.run("backup", "--part", "master");
        var master = site.run("backup", "--level", "incremental", "--part", "master");

        assertThat(master.exit()).isZero();
        assertThat(master.part("database:ocs2007-rtc/master").path("cause").asText())
                .isEqualTo("took a full backup: master has full backups only");
    }

    @Test
    @Order(6)
    void beginsAnewWhenSomebodyElseTookAFullBackup() throws SQLException {
        sql("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\stranger.bak' WITH INIT, NAME = 'stranger'");

        var promoted = backup("incremental");

        assertThat(promoted.exit()).isEqualTo(4);
        assertThat(levelOf(promoted)).isEqualTo("full");
        assertThat(promoted.part(RTC).path("cause").asText())
                .contains("a differential would not fit set")
                .contains("'stranger' by sa at")
                .contains("stranger.bak");
    }

    @Test
    @Order(7)
    void doesNotMindACopyOnlyBackupOfSomebodyElse() throws SQLException {
        sql("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\copy.bak' WITH INIT, COPY_ONLY, NAME = 'copy'");

        var differential = backup("incremental");

        assertThat(differential.exit()).as(differential.out()).isZero();
        assertThat(levelOf(differential)).isEqualTo("incremental");
    }

    @Test
    @Order(8)
    void beginsAnewWhenSomebodyElseTookTheLogAway() throws SQLException {
        backup("log");
        sql("BACKUP LOG rtc TO DISK = 'C:\\backup\\stolen.trn' WITH INIT, NAME = 'thief'");
        sql("INSERT INTO rtc.dbo.Level VALUES (4, 'after the theft')");

        var promoted = backup("log");

        assertThat(promoted.exit()).isEqualTo(4);
        assertThat(levelOf(promoted)).isEqualTo("full");
        assertThat(promoted.part(RTC).path("cause").asText())
                .contains("was taken away by 'thief' by sa")
                .contains("stolen.trn");
        assertRestores(4);
    }

    @Test
    @Order(9)
    void takesAFullBackupWhenTheRecoveryModelWasChangedUnderIt() throws SQLException {
        sql("ALTER DATABASE rtc SET RECOVERY SIMPLE");

        assertThat(site.run("backup", "--level", "log").exit()).isEqualTo(16);
        assertThat(levelOf(backup("incremental"))).isEqualTo("incremental");
    }

    @Test
    @Order(10)
    void findsThatTheFullBackupOfADifferentialIsDamaged() throws IOException {
        var vault = Vault.of(site.site());
        var newest = vault.newestWith(io.poolkeeper.catalogue.PartId.parse(RTC)).orElseThrow();
        var base = vault.manifest(newest)
                .part(io.poolkeeper.catalogue.PartId.parse(RTC))
                .orElseThrow()
                .base();
        var file = vault.set(base).resolve("databases/ocs2007-rtc/rtc-full.bak");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        var drill = site.run("drill", "--part", "rtc");

        assertThat(drill.exit()).as(drill.out()).isEqualTo(28);
        assertThat(drill.part(RTC).path("verdict").asText()).isEqualTo("SUSPECT");
        assertThat(drill.part(RTC).path("cause").asText()).contains(base);
        assertThat(site.run("show", base).out()).contains("SUSPECT");
        assertThat(levelOf(backup("incremental"))).isEqualTo("full"); // never builds on what is damaged
    }

    @Test
    @Order(11)
    void reportsWhatOthersDidToTheChainAlthoughThisBackupIsFine() throws SQLException {
        sql(
                "ALTER DATABASE rtc SET RECOVERY FULL",
                "BACKUP DATABASE rtc TO DISK = 'C:\\backup\\rival.bak' WITH INIT, NAME = 'rival'",
                "BACKUP LOG rtc TO DISK = 'C:\\backup\\rival.trn' WITH INIT",
                "BACKUP DATABASE rtc TO DISK = 'C:\\backup\\polite.bak' WITH INIT, COPY_ONLY, NAME = 'polite'");

        var full = backup("full");

        assertThat(full.exit()).as(full.out()).isEqualTo(4);
        assertThat(full.part(RTC).path("outcome").asText()).isEqualTo("WARNING");
        assertThat(full.part(RTC).path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(full.part(RTC).path("cause").asText())
                .contains("its recovery model was SIMPLE at the backup of 20")
                .contains("and is FULL now")
                .contains("a full backup outside Poolkeeper, 'rival', by sa at 20")
                .contains("to C:\\backup\\rival.bak: differentials count from it now")
                .contains("a log backup outside Poolkeeper by sa at 20")
                .doesNotContain("polite");
        assertThat(backup("full").exit()).isZero(); // told once: the next backup stands behind it
    }

    private static LabSite.Ended backup(String level) {
        return site.run("backup", "--level", level, "--part", "rtc");
    }

    /** The rows that were there, in a database that was restored from the newest set and left. */
    private static void assertRestores(int rows) throws SQLException {
        var drill = site.run("drill", "--part", "rtc", "--keep");
        assertThat(drill.exit()).as(drill.out()).isZero();
        var where = drill.part(RTC).path("where").asText();
        var name = where.substring(where.indexOf('/') + 1);
        try (var connection = connect(site.site().sql().get("drill-sql"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM [" + name + "].dbo.Level")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(rows);
        }
    }

    private static String levelOf(LabSite.Ended backup) {
        var set = backup.last().path("set").asText();
        var shown = site.run("show", set).last();
        return StreamSupport.stream(shown.path("manifest").path("parts").spliterator(), false)
                .filter(part -> part.path("part").asText().equals(RTC))
                .findFirst()
                .orElseThrow()
                .path("level")
                .asText();
    }

    private static void sql(String... statements) throws SQLException {
        try (var connection = connect(source);
                var statement = connection.createStatement()) {
            for (var text : statements) {
                statement.execute(text);
            }
        }
    }

    private static java.sql.Connection connect(SqlSource source) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", source.user().orElseThrow());
        properties.setProperty("password", source.password().orElseThrow().resolve());
        return DriverManager.getConnection(source.url(), properties);
    }
}

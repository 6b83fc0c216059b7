// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does when a database is broken: look, go back to a moment, restore over it, and not lose more. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoreInPlaceIT {
    private static final String RTC = "database:ocs2007-rtc/rtc";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static Instant beforeTheMistake;
    private static Instant beforeAnything;

    /** A full backup with one row, a log with the second, and a mistake that the last log holds too. */
    @BeforeAll
    static void aDatabaseWithAHistory() throws SQLException, InterruptedException {
        site = LabSite.start(folder.resolve("lab"));
        beforeAnything = Instant.now();
        sql(
                "ALTER DATABASE rtc SET RECOVERY FULL",
                "CREATE TABLE rtc.dbo.Story (Id INT PRIMARY KEY)",
                "INSERT INTO rtc.dbo.Story VALUES (1)");
        backup("full");
        sql("INSERT INTO rtc.dbo.Story VALUES (2)");
        backup("log");
        sql("INSERT INTO rtc.dbo.Story VALUES (3)");
        beforeTheMistake = aMomentOfItsOwn();
        sql("DELETE FROM rtc.dbo.Story");
        aMomentOfItsOwn();
        backup("log");
        sql("INSERT INTO rtc.dbo.Story VALUES (99)");
    }

    /** An instant that no change shares: SQL Server's datetime counts in 3.33 ms. */
    private static Instant aMomentOfItsOwn() throws InterruptedException {
        Thread.sleep(20);
        var now = Instant.now();
        Thread.sleep(20);
        return now;
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void refusesToRestoreOverALiveDatabaseAndSaysWhatWouldBeLost() throws SQLException {
        var refused = site.run("restore", "--part", "rtc");

        assertThat(refused.exit()).as(refused.out()).isEqualTo(16);
        assertThat(refused.err())
                .contains("database rtc is there (ONLINE, FULL recovery")
                .contains("will be lost")
                .contains("--overwrite");
        assertThat(rows("rtc")).isEqualTo("99");
    }

    @Test
    @Order(2)
    void showsWhatItWouldDoAndDoesNothing() throws SQLException {
        var shown =
                site.run("restore", "--part", "rtc", "--overwrite", "--dry-run", "--at", beforeTheMistake.toString());

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(Schemas.check("restore-plan", shown.last())).isEmpty();
        var part = shown.last().path("parts").path(0);
        assertThat(part.path("chain").findValuesAsText("level")).containsExactly("full", "log", "log");
        assertThat(part.path("lost").asText()).contains("will be lost");
        assertThat(part.path("statements").get(0).asText())
                .startsWith("RESTORE DATABASE [rtc] FROM DISK = N'C:\\backup\\")
                .contains("MOVE N'rtc' TO N'C:\\RTC Data\\rtc.mdf'")
                .contains("REPLACE")
                .contains("NORECOVERY");
        assertThat(part.path("statements").get(2).asText())
                .startsWith("RESTORE LOG [rtc]")
                .contains("STOPAT = N'20")
                .contains(", RECOVERY");
        assertThat(rows("rtc")).isEqualTo("99");
    }

    @Test
    @Order(3)
    void showsThatItWouldRefuse() {
        var shown = site.run("restore", "--part", "rtc", "--dry-run");

        assertThat(shown.exit()).isEqualTo(16);
        assertThat(shown.last().path("parts").path(0).path("refused").asText()).contains("--overwrite");
    }

    @Test
    @Order(4)
    void drillsAMomentWithoutTouchingTheLiveDatabase() throws SQLException {
        var drill = site.run("drill", "--part", "rtc", "--keep", "--at", beforeTheMistake.toString());

        assertThat(drill.exit()).as(drill.out()).isZero();
        var where = drill.part(RTC).path("where").asText();
        assertThat(where).startsWith("sql:drill-sql/");
        assertThat(rows("drill-sql", where.substring(where.indexOf('/') + 1))).isEqualTo("1 2 3");
        assertThat(rows("rtc")).isEqualTo("99");
    }

    @Test
    @Order(5)
    void restoresTheMomentBeforeTheMistakeOverTheLiveDatabase() throws SQLException {
        var restored = site.run("restore", "--part", "rtc", "--overwrite", "--at", beforeTheMistake.toString());

        assertThat(restored.exit()).as(restored.out()).isZero();
        assertThat(restored.err()).contains("will be lost");
        assertThat(restored.part(RTC).path("where").asText()).isEqualTo("sql:ocs2007-rtc/rtc");
        assertThat(restored.last().path("notes").toString()).contains("its log up to " + beforeTheMistake);
        assertThat(rows("rtc")).isEqualTo("1 2 3");
        assertThat(state("rtc")).isEqualTo("ONLINE MULTI_USER");
    }

    @Test
    @Order(6)
    void goesBackToTheEndOfTheFullBackupByTheLogThatReachesOverIt() throws SQLException {
        var full = site.run("list").lines().get(0).path("set").asText();

        var restored = site.run(
                "restore",
                "--part",
                "rtc",
                "--overwrite",
                "--at",
                finished(full).toString());

        assertThat(restored.exit()).as(restored.out()).isZero();
        assertThat(rows("rtc")).isEqualTo("1");
    }

    @Test
    @Order(6)
    void saysHowFarItGotWhereNoLogReachesOver() throws SQLException {
        var now = Instant.now();

        var restored = site.run("restore", "--part", "rtc", "--overwrite", "--at", now.toString());

        assertThat(restored.exit()).as(restored.out()).isZero();
        assertThat(restored.last().path("notes").toString())
                .contains(", the newest that had ended by " + now + ": what happened after it is not in it");
        assertThat(rows("rtc")).isEmpty(); // the last log holds the mistake
    }

    @Test
    @Order(7)
    void restoresADatabaseThatIsGoneWithoutBeingAskedToOverwrite() throws SQLException {
        sql("DROP DATABASE rtc");

        var restored = site.run("restore", "--part", "rtc");

        assertThat(restored.exit()).as(restored.out()).isZero();
        assertThat(rows("rtc")).isEmpty(); // the newest set holds the mistake
    }

    @Test
    @Order(8)
    void restoresTheWholeChainByTheRestoreKitAlone() throws SQLException, IOException {
        var vault = Vault.of(site.site());
        var set = site.run("list").lines().get(1).path("set").asText(); // full, then the first log
        var guide = Files.readString(vault.set(set).resolve("RESTORE.txt"));
        var copies = Pattern.compile("     (\\S+)  as  (\\S+)  ").matcher(guide);
        var folderOfServer = site.site().sql().get("ocs2007-rtc").collectFrom();
        while (copies.find()) {
            Files.copy(
                    vault.folder().resolve(copies.group(1).replace('\\', '/')),
                    folderOfServer.resolve(copies.group(2)));
        }
        sql("DROP DATABASE rtc");

        for (var statement : Files.readString(vault.set(set).resolve("restore/ocs2007-rtc-rtc.sql"))
                .replace("$(DIR)", "C:\\backup")
                .replace(":on error exit", "")
                .split(";\r\n", -1)) {
            if (!statement.isBlank()) {
                sql(statement);
            }
        }

        assertThat(rows("rtc")).isEqualTo("1 2");
    }

    @Test
    @Order(9)
    void saysThatNothingReachesBackSoFar() {
        var refused = site.run("restore", "--part", "rtc", "--overwrite", "--at", beforeAnything.toString());

        assertThat(refused.exit()).isEqualTo(16);
        assertThat(refused.err()).contains("no set holds it as it was at " + beforeAnything);
    }

    @Test
    @Order(10)
    void showsOfSettingsWhatAnImportWouldDoAndRefusesToOverwriteThem() {
        site.run("backup", "--part", "settings:global-pool/ocs2007");

        var shown = site.run("restore", "--part", "settings:global-pool/ocs2007");
        var refused = site.run("restore", "--part", "settings:global-pool/ocs2007", "--overwrite");

        assertThat(shown.exit()).isZero();
        assertThat(shown.last().path("lines")).isEmpty();
        assertThat(refused.exit()).isEqualTo(64);
        assertThat(refused.err()).contains("--apply");
    }

    @Test
    @Order(10)
    void restoresChosenFilesOfAShareWhichProveNothingAboutTheOthers() throws IOException {
        var set = site.run("backup", "--part", "share:meeting-content")
                .last()
                .path("set")
                .asText();
        var to = folder.resolve("chosen");

        var restored =
                site.run("restore", "--part", "share:meeting-content", "--path", "**.xml", "--to", to.toString());

        assertThat(restored.exit()).as(restored.out()).isZero();
        try (var files = Files.walk(to)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file.toString()).endsWith(".xml"));
        }
        assertThat(Vault.of(site.site()).evidence(set))
                .flatExtracting(Evidence::findings)
                .noneMatch(finding -> finding.depth() == Depth.RESTORED);
        assertThat(site.run(
                                "restore",
                                "--part",
                                "rtc",
                                "--path",
                                "**.xml",
                                "--to",
                                folder.resolve("no").toString())
                        .exit())
                .isEqualTo(16);
    }

    @Test
    @Order(10)
    void putsFilesOfAShareBackWhereTheyCameFrom() throws IOException {
        site.run("backup", "--part", "share:meeting-content");
        var to = folder.resolve("whole");
        site.run("restore", "--part", "share:meeting-content", "--to", to.toString());
        var lost = someFile(to);
        var before = Files.readString(lost);
        Files.writeString(lost, "encrypted by somebody");

        var refused = site.run("restore", "--part", "share:meeting-content", "--to", to.toString());
        var preview = site.run(
                "restore", "--part", "share:meeting-content", "--to", to.toString(), "--overwrite", "--dry-run");
        assertThat(refused.exit()).isEqualTo(16);
        assertThat(refused.err()).contains("is not empty", "--overwrite");
        assertThat(preview.last().path("parts").path(0).path("lost").asText()).contains(" files in " + to);
        assertThat(lost).hasContent("encrypted by somebody");

        var restored = site.run("restore", "--part", "share:meeting-content", "--to", to.toString(), "--overwrite");

        assertThat(restored.exit()).as(restored.out()).isZero();
        assertThat(lost).hasContent(before);
        var inPlace = site.run("restore", "--part", "share:meeting-content");
        assertThat(inPlace.exit()).isEqualTo(16);
        assertThat(inPlace.err()).contains("is not empty. HINT: --overwrite");
        assertThat(site.run("restore", "--part", "share:meeting-content", "--overwrite")
                        .exit())
                .isZero();
        assertThat(site.run("restore", "--part", "rtc", "--to", to.toString(), "--overwrite")
                        .exit())
                .isEqualTo(64);
    }

    private static Path someFile(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Order(11)
    void leavesTheLiveDatabaseAloneWhenAnythingOfTheChainIsDamaged() throws SQLException, IOException {
        sql("INSERT INTO rtc.dbo.Story VALUES (7)");
        var vault = Vault.of(site.site());
        var full = site.run("list").lines().get(0).path("set").asText();
        var file = vault.set(full).resolve("databases/ocs2007-rtc/rtc-full.bak");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        var restored = site.run("restore", "--part", "rtc", "--overwrite");

        assertThat(restored.exit()).as(restored.out()).isEqualTo(20);
        assertThat(restored.part(RTC).path("cause").asText()).contains(full);
        assertThat(rows("rtc")).isEqualTo("1 2 7");
        assertThat(state("rtc")).isEqualTo("ONLINE MULTI_USER");
    }

    private static Instant finished(String set) throws SQLException {
        try {
            return java.util.Objects.requireNonNull(Vault.of(site.site())
                    .manifest(set)
                    .part(PartId.parse(RTC))
                    .orElseThrow()
                    .finished());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void backup(String level) {
        var backup = site.run("backup", "--level", level, "--part", "rtc");
        assertThat(backup.exit()).as(backup.out()).isZero();
    }

    private static String rows(String database) throws SQLException {
        return rows("ocs2007-rtc", database);
    }

    private static String rows(String instance, String database) throws SQLException {
        try (var connection = site.connect(instance);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT Id FROM [" + database + "].dbo.Story ORDER BY Id")) {
            var ids = new StringBuilder();
            while (row.next()) {
                ids.append(ids.isEmpty() ? "" : " ").append(row.getInt(1));
            }
            return ids.toString();
        }
    }

    private static String state(String database) throws SQLException {
        try (var connection = site.connect("ocs2007-rtc");
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT state_desc, user_access_desc FROM sys.databases WHERE name = '" + database + "'")) {
            row.next();
            return row.getString(1).strip() + " " + row.getString(2).strip();
        }
    }

    private static void sql(String... statements) throws SQLException {
        try (var connection = site.connect("ocs2007-rtc");
                var statement = connection.createStatement()) {
            for (var text : statements) {
                statement.execute(text);
            }
        }
    }
}

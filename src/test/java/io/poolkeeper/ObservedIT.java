// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A whole site that other products back up: watched, verified and proven, with nothing of it in the vault. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservedIT {
    private static final String RTC = "database:ocs2007-rtc/rtc";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static Path left;
    private static LabSite.Ended backup;

    @BeforeAll
    static void letOthersBackUp() throws IOException, SQLException {
        site = LabSite.start(folder.resolve("lab"));
        left = Files.createDirectory(folder.resolve("left"));
        var plan = site.run("plan");
        var entries = new StringBuilder();
        for (var part : plan.last().path("parts")) {
            var captured = List.of("required", "recommended", "optional")
                    .contains(part.path("disposition").asText());
            var id = part.path("part").asText();
            if (captured && id.startsWith("database:")) {
                backUp(id.substring(id.indexOf('/') + 1));
            } else if (captured) {
                entries.append("  - {part: '" + id + "', folder: '" + leave(id) + "'}\n");
            }
        }
        var text = Files.readString(site.lab().siteFile());
        Files.writeString(
                site.lab().siteFile(),
                text + "\nmethods: {database: observed, share: observed, directory: [observed], settings: observed}\n"
                        + "observed:\n" + entries);
        backup = site.run("backup");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void endsWithZeroAndHoldsNothing() {
        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        assertThat(backup.part(RTC).path("method").asText()).isEqualTo("observed");
        assertThat(backup.part(RTC).path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(backup.part(RTC).path("depth").asText()).isEqualTo("content");
        assertThat(backup.part(RTC).path("reason").asText()).contains("the vault holds no copy");
        for (var part : backup.last().path("parts")) {
            assertThat(part.path("artefacts")).as(part.toString()).isEmpty();
        }
    }

    @Test
    @Order(2)
    void isRestorableToTheTimeOfTheOldestBackupThatWasSeen() {
        assertThat(backup.last().path("line").asText())
                .startsWith("Restorable to ")
                .contains("time not measured");
        assertThat(backup.last().path("restorable").path("to").asText())
                .isLessThan(backup.last().path("started").asText());
    }

    @Test
    @Order(3)
    void saysInSetAndKitWhereEachBackupLies() throws IOException {
        var set = backup.last().path("set").asText();

        assertThat(site.run("show", "latest").out()).contains("C:\\\\backup\\\\rtc-veritas.bak");
        assertThat(Files.readString(site.site()
                        .vault()
                        .path()
                        .resolve("ocs-lab")
                        .resolve(set)
                        .resolve("RESTORE.txt")))
                .contains("BACKED UP BY ANOTHER PRODUCT")
                .contains("lies in C:\\backup\\rtc-veritas.bak")
                .contains("made by 'Veritas nightly' by sa");
        assertThat(site.run("list").last().path("parts").asInt()).isGreaterThan(5);
    }

    @Test
    @Order(4)
    void verifiesThemAgainAndNeverClaimsToHaveRestoredFilesOfOthers() {
        assertThat(site.run("verify").exit()).isZero();

        var share = site.run("drill", "--part", "share:meeting-content");
        assertThat(share.exit()).isEqualTo(24);
        assertThat(share.part("share:meeting-content").path("cause").asText()).contains("the vault holds no copy");
        var restore = site.run(
                "restore",
                "--part",
                "share:meeting-content",
                "--to",
                folder.resolve("nowhere").toString());
        assertThat(restore.exit()).isEqualTo(12);
        assertThat(restore.part("share:meeting-content").path("outcome").asText())
                .isEqualTo("FAILED");
    }

    @Test
    @Order(4)
    void drillsADatabaseFromTheOthersMediaOnlyWhereTheInstanceForDrillsCanReadThem() throws IOException, SQLException {
        var blind = site.run("drill", "--part", RTC);
        assertThat(blind.exit()).as(blind.out()).isEqualTo(24);
        assertThat(blind.part(RTC).path("cause").asText())
                .contains("sql.drill-sql cannot read FROM DISK = N'C:\\backup\\rtc-veritas.bak'")
                .contains("HINT: say under observed, folder");

        Files.copy(
                site.site().sql().get("ocs2007-rtc").collectFrom().resolve("rtc-veritas.bak"),
                site.site().sql().get("drill-sql").collectFrom().resolve("rtc-veritas.bak"));
        var drill = site.run("drill", "--part", RTC);

        assertThat(drill.exit()).as(drill.out()).isEqualTo(4);
        assertThat(drill.part(RTC).path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(drill.part(RTC).path("depth").asText()).isEqualTo("restored");
        assertThat(drill.part(RTC).path("cause").asText()).contains("CHECKDB alone speaks for it");
        assertThat(site.databases("drill-sql")).containsExactlyInAnyOrder("master", "model", "msdb", "tempdb");
    }

    @Test
    @Order(5)
    void isSuspectOnceTheOtherProductHasRemovedTheBackup() throws IOException {
        Files.delete(site.site().sql().get("ocs2007-rtc").collectFrom().resolve("rtc-veritas.bak"));

        var verify = site.run("verify", "--part", RTC);

        assertThat(verify.exit()).isEqualTo(20);
        assertThat(verify.part(RTC).path("cause").asText()).contains("is gone");
        assertThat(site.run("status").last().path("restorable").path("line").asText())
                .startsWith("NOT RESTORABLE: " + RTC);
    }

    @Test
    @Order(6)
    void failsAPartWhoseBackupIsTooOldAndKeepsTheOthers() throws IOException {
        Files.setLastModifiedTime(
                left.resolve("share-meeting-content/nightly.zip"),
                FileTime.from(Instant.now().minusSeconds(200_000)));

        var again = site.run("backup");

        assertThat(again.exit()).isEqualTo(8);
        assertThat(again.part("share:meeting-content").path("cause").asText()).contains("is 2 d 7 h old");
        assertThat(again.part(RTC).path("cause").asText()).contains("C:\\backup\\rtc-veritas.bak is gone");
        assertThat(again.part("directory:ocs").path("outcome").asText()).isEqualTo("OK");
    }

    private static String leave(String id) throws IOException {
        var place = Files.createDirectories(left.resolve(id.replaceAll("[^A-Za-z0-9-]", "-")));
        if (id.startsWith("directory:")) {
            Files.writeString(place.resolve("ocs.ldif"), "version: 1\n\ndn: CN=RTC Service,CN=Services\n");
        } else if (id.startsWith("settings:")) {
            Files.writeString(place.resolve("settings.xml"), "<settings><pool name='ocs2007'/></settings>");
        } else {
            try (var zip = new ZipOutputStream(Files.newOutputStream(place.resolve("nightly.zip")))) {
                zip.putNextEntry(new ZipEntry("a.ppt"));
                zip.write(new byte[] {1, 2, 3});
                zip.closeEntry();
            }
        }
        return place.toString();
    }

    private static void backUp(String database) throws SQLException {
        var source = site.site().sql().get("ocs2007-rtc");
        try (var connection = DriverManager.getConnection(
                        source.url(),
                        source.user().orElseThrow(),
                        source.password().orElseThrow().resolve());
                var statement = connection.createStatement()) {
            var backup = "BACKUP DATABASE [" + database + "] TO DISK = 'C:\\backup\\" + database
                    + "-veritas.bak' WITH CHECKSUM, NAME = 'Veritas nightly'";
            statement.execute(backup + ", INIT");
            statement.execute(backup + ", NOINIT"); // a file with two sets: the newest is the second
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A whole site whose databases and shares lie in images of Windows Server Backup. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WbadminIT {
    private static final String RTC = "database:ocs2007-rtc/rtc";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static LabSite.Ended backup;

    @BeforeAll
    static void backUp() throws IOException {
        site = LabSite.start(folder.resolve("lab"));
        var text = Files.readString(site.lab().siteFile());
        Files.writeString(site.lab().siteFile(), text + "\nmethods: {database: wbadmin, share: wbadmin}\n");
        backup = site.run("backup");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void endsInDoubtBecauseNobodyHasRestoredAnImage() {
        assertThat(backup.exit()).as(backup.out() + backup.err()).isEqualTo(24);
        assertThat(backup.part(RTC).path("method").asText()).isEqualTo("wbadmin");
        assertThat(backup.part(RTC).path("verdict").asText()).isEqualTo("UNKNOWN");
        assertThat(backup.part(RTC).path("outcome").asText()).isEqualTo("WARNING");
        assertThat(backup.part(RTC).path("cause").asText()).contains("nothing short of a restore");
        assertThat(backup.part("share:meeting-content").path("verdict").asText())
                .isEqualTo("UNKNOWN");
        assertThat(backup.part("directory:ocs").path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(backup.last().path("failed").asInt()).isZero();
        assertThat(backup.last().path("line").asText()).startsWith("NOT RESTORABLE: " + RTC);
    }

    @Test
    @Order(2)
    void leavesEachImageInAFolderOfTheRun() throws IOException {
        var set = backup.last().path("set").asText();
        try (var runs = Files.list(site.lab().folder().images())) {
            assertThat(runs).containsExactly(site.lab().folder().images().resolve(set));
        }
        try (var all = Files.walk(site.lab().folder().images())) {
            assertThat(all.filter(file -> file.toString().endsWith(".vhd")).count())
                    .isLessThan(backup.last().path("parts").size());
        }
    }

    @Test
    @Order(3)
    void saysInSetAndKitWhereItLies() throws IOException {
        var set = backup.last().path("set").asText();

        assertThat(site.run("show", "latest").out()).contains("Windows Server Backup on ocs2007.");
        assertThat(Files.readString(site.site()
                        .vault()
                        .path()
                        .resolve("ocs-lab")
                        .resolve(set)
                        .resolve("RESTORE.txt")))
                .contains("lies in " + site.lab().folder().images().resolve(set));
    }

    @Test
    @Order(4)
    void staysInDoubtWhenItIsVerifiedOrDrilledAndIsRestoredByHandAlone() {
        assertThat(site.run("verify", "--part", RTC).exit()).isEqualTo(24);

        var drill = site.run("drill", "--part", RTC);
        assertThat(drill.exit()).isEqualTo(24);
        assertThat(drill.part(RTC).path("cause").asText()).contains("wbadmin start recovery -version:");

        var restore = site.run(
                "restore", "--part", RTC, "--to", folder.resolve("nowhere").toString());
        assertThat(restore.exit()).isEqualTo(12);
        assertThat(restore.part(RTC).path("outcome").asText()).isEqualTo("FAILED");
    }

    @Test
    @Order(5)
    void failsByNameWhatHasNoSnapshotAndKeepsTheOthers() throws IOException {
        site.lab().windowsBackup().strike("writer-failed");

        var again = site.run("backup");

        assertThat(again.exit()).isEqualTo(8);
        assertThat(again.part(RTC).path("outcome").asText()).isEqualTo("FAILED");
        assertThat(again.part(RTC).path("cause").asText()).contains("SqlServerWriter is in state [8] Failed");
        assertThat(again.part("share:meeting-content").path("outcome").asText()).isEqualTo("WARNING");
        assertThat(again.part("directory:ocs").path("outcome").asText()).isEqualTo("OK");
    }
}

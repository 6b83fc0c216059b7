// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.host.HandOffHost;
import io.poolkeeper.lab.sqlcmd.SqlcmdProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A server without Java that holds the databases and the shares: it asks its own sqlcmd, and wbadmin takes its folders. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HandOffPartsIT {
    private static final String RTC = "database:ocs2007-rtc/rtc";
    private static final String NEW = "database:ocs2007-rtc/Phones";
    private static final String MEETING = "share:meeting-content";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static Path scripts;
    private static HandOffHost host;

    @BeforeAll
    static void start() throws IOException {
        site = LabSite.start(folder.resolve("lab"));
        var desk = Files.createDirectories(folder.resolve("desk"));
        SqlcmdProgram.install(site.folder());
        var file = site.lab().siteFile();
        Files.writeString(
                file,
                Files.readString(file)
                                .replaceFirst("worker: local", "worker: ocs2007")
                                .replaceFirst(
                                        "    url: jdbc:sqlserver:",
                                        "    method: sqlcmd\n    worker: ocs2007\n    url: jdbc:sqlserver:")
                        + "methods: {share: wbadmin}\nworkers: {ocs2007: {handOff: '%s'}}\n".formatted(desk)
                        + "dispositions: [{part: '%s', as: required, reason: it is new, owner: me}]\n".formatted(NEW));
        scripts = write("scripts");
        host = new HandOffHost(
                        desk,
                        scripts,
                        folder.resolve("work"),
                        site.folder().resolve("bin"),
                        site.lab()::connectToDirectory)
                .sees("C:\\backup", site.lab().folder().backups("ocs2007-rtc"))
                .variable(
                        "SQLCMDPASSWORD",
                        site.site()
                                .sql()
                                .get("ocs2007-rtc")
                                .password()
                                .orElseThrow()
                                .resolve());
        host.start();
    }

    private static Path write(String name) {
        var to = folder.resolve(name);
        var written = site.run("script", "--host", "ocs2007", "--folder", "C:\\handoff", "--to", to.toString());
        assertThat(written.exit()).as(written.err()).isZero();
        return to;
    }

    @AfterAll
    static void stop() {
        host.close();
        site.close();
    }

    @Test
    @Order(1)
    void aDatabaseIsTakenByItsHostAndReadByTheInstanceForDrills() throws IOException {
        var backup = site.run("backup", "--part", RTC);

        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        assertThat(backup.part(RTC).path("method").asText()).isEqualTo("sqlcmd");
        assertThat(backup.part(RTC).path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(backup.part(RTC).path("depth").asText()).isEqualTo("content");
        var drill = site.run("drill", "--part", RTC);
        assertThat(drill.exit()).as(drill.out()).isZero();
        assertThat(drill.part(RTC).path("verdict").asText()).isEqualTo("PROVEN");
        try (var left = Files.list(site.lab().folder().backups("ocs2007-rtc"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @Order(2)
    void aDatabaseThatIsNewSinceTheHostsFilesWereWrittenIsNeverLeftOut() throws Exception {
        try (var connection = site.connect("ocs2007-rtc");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE Phones");
        }

        var backup = site.run("backup", "--part", NEW);

        assertThat(backup.part(NEW).path("outcome").asText()).isEqualTo("FAILED");
        assertThat(backup.part(NEW).path("cause").asText())
                .isEqualTo("host ocs2007 refused job sqlcmd-ocs2007-rtc..Phones: it is not in its list of jobs");
        var plan = site.run("plan", "--part", NEW);
        assertThat(plan.exit()).isEqualTo(4);
        assertThat(plan.last().path("warnings").toString())
                .contains("has no command lines for " + NEW, "write its files again with 'script --host'");
        assertThat(site.run("check").lines())
                .filteredOn(line -> line.path("about").asText().equals("workers.ocs2007"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.path("what").asText())
                        .contains("it does not do sqlcmd-ocs2007-rtc..Phones"));

        try (var files = Files.list(write("scripts again"))) {
            for (var file : files.toList()) {
                Files.copy(file, scripts.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assertThat(site.run("backup", "--part", NEW).exit()).isZero();
    }

    @Test
    @Order(3)
    void oneImageOfTheHostHoldsItsShares() throws IOException, SQLException {
        var backup = site.run("backup", "--part", MEETING, "--part", "share:meeting-compliance");

        assertThat(backup.exit()).as(backup.out() + backup.err()).isEqualTo(24);
        assertThat(backup.last().path("failed").asInt()).isZero();
        assertThat(backup.part(MEETING).path("cause").asText()).contains("there when its host had taken it");
        try (var all = Files.walk(site.lab().folder().images())) {
            assertThat(all.filter(file -> file.toString().endsWith(".vhd"))).hasSize(1);
        }
    }

    @Test
    @Order(4)
    void aShareFailsWhenWbadminIsContentAndNothingIsThere() throws IOException {
        site.lab().windowsBackup().strike("no-version");
        try {
            var backup = site.run("backup", "--part", MEETING);

            assertThat(backup.part(MEETING).path("outcome").asText()).isEqualTo("FAILED");
            assertThat(backup.part(MEETING).path("cause").asText())
                    .contains("wbadmin ended with 0, but", "shows no new version");
        } finally {
            site.lab().windowsBackup().strike();
        }
    }
}

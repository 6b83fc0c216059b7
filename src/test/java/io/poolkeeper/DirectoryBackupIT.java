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

/** A site whose Active Directory is backed up beside its LDIF: a system state, and a real Samba domain by samba-tool. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DirectoryBackupIT {
    private static final String SAMBA = "directory:ocs-samba-tool";
    private static final String SYSTEM_STATE = "directory:ocs-system-state";
    private static final String NONE = "no restorable backup of Active Directory is known";
    private static final String NEWEST = "the newest restorable backup of Active Directory, ";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static String text;

    @BeforeAll
    static void start() throws Exception {
        Needed.works("samba-ad", "install Debian's packages samba and samba-ad-provision", "samba-tool", "--version");
        Needed.works("samba-ad", "samba-tool must run as root", "sh", "-c", "test $(id -u) = 0");
        site = LabSite.start(folder.resolve("lab"));
        site.lab().windowsBackup().promote();
        text = Files.readString(site.lab().siteFile());
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    /** samba-tool finds the domain that it was provisioned with. */
    private static Path provisioned() throws IOException, InterruptedException {
        var base = Files.writeString(folder.resolve("base.conf"), "[global]\n");
        var domain = folder.resolve("dc");
        var provision = new ProcessBuilder(
                        "samba-tool",
                        "domain",
                        "provision",
                        "-s",
                        base.toString(),
                        "--targetdir=" + domain,
                        "--realm=OCS.LAB",
                        "--domain=OCSLAB",
                        "--server-role=dc",
                        "--dns-backend=NONE",
                        "--host-name=dc1",
                        "--host-ip=127.1.1.98",
                        "--adminpass=Smb-Passw0rd-1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("provision.log").toFile())
                .start();
        assertThat(provision.waitFor())
                .as(Files.readString(folder.resolve("provision.log")))
                .isZero();
        var script = Files.writeString(
                folder.resolve("samba-tool"),
                "#!/bin/sh\nexec samba-tool \"$@\" --configfile='" + domain.resolve("etc/smb.conf") + "'\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    @Test
    @Order(1)
    void ldifAloneIsNotedAndCostsNoExitCode() {
        var backup = site.run("backup", "--part", "directory:ocs");

        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        assertThat(backup.last().path("notes").toString())
                .doesNotContain("EXPIRED")
                .contains(NONE);
    }

    @Test
    @Order(2)
    void systemStateAndSambaBackupAreTakenAndTheirAgeIsTold() throws Exception {
        Files.writeString(
                site.lab().siteFile(),
                text.replace("\ndirectory:\n", "\ndirectory:\n  sambaTool: ['" + provisioned() + "']\n")
                        + "\nmethods: {directory: [ldif, system-state, samba-tool]}\n");

        var backup = site.run("backup", "--part", "directory:ocs", "--part", SYSTEM_STATE, "--part", SAMBA);

        assertThat(backup.exit()).as(backup.out() + backup.err()).isEqualTo(24);
        assertThat(backup.part(SAMBA).path("outcome").asText()).isEqualTo("OK");
        assertThat(backup.part(SAMBA).path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(backup.part(SAMBA).path("depth").asText()).isEqualTo("content");
        assertThat(backup.part(SYSTEM_STATE).path("verdict").asText()).isEqualTo("UNKNOWN");
        assertThat(backup.last().path("notes").toString()).contains(NEWEST, "the tombstone lifetime is 180 days");
    }

    @Test
    @Order(3)
    void statusTellsItToo() {
        assertThat(site.run("status")
                        .last()
                        .path("restorable")
                        .path("directory")
                        .asText())
                .startsWith(NEWEST);
    }
}

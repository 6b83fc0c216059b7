// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody installs a Mediation server and tells nobody: each run warns, and what was captured stays as good as before. */
class UndecidedServerIT {
    private static final String PART = "directory:server/med2.ocs.lab";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static LabSite.Ended before;
    private static LabSite.Ended backup;

    @BeforeAll
    static void install() throws LDAPException, LDIFException {
        site = LabSite.start(folder.resolve("lab"));
        before = site.run("plan");
        var settings = "CN=Global Settings," + site.lab().site().domain().rtcServiceDn();
        try (var ldap = site.lab().connectToDirectory()) {
            ldap.add(
                    "dn: CN={med2}," + settings,
                    "objectClass: top",
                    "objectClass: msRTCSIP-TrustedServer",
                    "cn: {med2}",
                    "msRTCSIP-TrustedServerFQDN: med2.ocs.lab");
        }
        backup = site.run("backup");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void isWarnedOfByNameInTheRunAndInThePlan() {
        assertThat(before.exit()).as(before.out() + before.err()).isZero();
        assertThat(backup.exit()).as(backup.err()).isEqualTo(4);
        var part = backup.part(PART);
        assertThat(part.path("outcome").asText()).isEqualTo("WARNING");
        assertThat(part.toString()).contains("the directory has server med2.ocs.lab");
        assertThat(site.run("plan").exit()).isEqualTo(4);
    }

    @Test
    void disturbsNeitherVerificationNorRestore() {
        var verified = site.run("verify");
        assertThat(verified.exit()).as(verified.out()).isZero();

        assertThat(site.run("restore", "--part", "directory:ocs").exit()).isZero();

        var set = backup.last().path("set").asText();
        var shown = site.run("show", set, "--since", set);
        assertThat(shown.exit()).as(shown.err()).isZero();
        var restored = site.run("restore", "--to", folder.resolve("restored").toString());
        assertThat(restored.exit()).as(restored.out()).isZero();
        var parts = new ArrayList<String>();
        restored.last()
                .path("parts")
                .forEach(each -> parts.add(each.path("part").asText()));
        assertThat(parts).contains("directory:ocs").doesNotContain(PART);
        assertThat(List.of(0, 4)).contains(site.run("status").exit());
    }
}

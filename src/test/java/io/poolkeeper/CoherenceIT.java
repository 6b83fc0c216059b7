// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.tools.Level;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole site whose parts fit, and one with five faults that no part could know of by itself. */
class CoherenceIT {
    private static final String POOL = "settings:global-pool/ocs2007";
    private static final String OLD = "share:update-files-client";

    @TempDir
    Path folder;

    private static List<Evidence.Finding> evidence(LabSite site, LabSite.Ended run) throws Exception {
        return Vault.of(site.site()).evidence(run.last().path("set").asText()).stream()
                .filter(record -> record.kind().equals("coherence"))
                .flatMap(record -> record.findings().stream())
                .toList();
    }

    @Test
    void theUntouchedEnterpriseSiteFits() throws Exception {
        try (var site = LabSite.start(folder.resolve("lab"), Edition.ENTERPRISE, 0.05)) {
            var backup = site.run("backup");

            assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
            assertThat(backup.last().path("notes").toString())
                    .contains("the parts of the set fit each other: ", " users; 1 pools; 2 servers; ");
            assertThat(evidence(site, backup)).singleElement().satisfies(found -> {
                assertThat(found.verdict()).isEqualTo(Verdict.PROVEN);
                assertThat(found.damages()).isEmpty();
            });
            assertThat(site.run("verify").last().path("notes").toString()).contains("fit each other");
            assertThat(site.run("list").last().path("verdict").asText()).isEqualTo("PROVEN");
        }
    }

    @Test
    void fiveFaultsAreFoundAndNothingElse() throws Exception {
        try (var site = LabSite.start(folder.resolve("lab"))) {
            var person = site.lab().site().people().get(3);
            plant(site, site.lab().directory().dn(person));

            var backup = site.run("backup");

            assertThat(backup.exit()).as(backup.out() + backup.err()).isEqualTo(4);
            assertThat(Schemas.check("summary", backup.last())).isEmpty();
            assertThat(backup.last().path("verdict").asText()).isEqualTo("WARNING");
            // the directory's pools and servers are held against the site file as well
            assertThat(backup.last()
                            .path("parts")
                            .valueStream()
                            .filter(part -> part.path("outcome").asText().equals("WARNING"))
                            .map(part -> part.path("part").asText()))
                    .containsExactlyInAnyOrder("directory:pool/ocs2007", "directory:server/ghost.ocs.lab");
            assertThat(backup.last().path("notes").toString()).contains("do not fit each other");
            var found = evidence(site, backup).get(0);
            assertThat(found.verdict()).isEqualTo(Verdict.SUSPECT);
            assertThat(found.damages())
                    .extracting(CoherenceIT::told)
                    .satisfiesExactlyInAnyOrder(
                            one -> assertThat(one)
                                    .startsWith("settings:userdata/ocs2007 user " + person.userAtHost())
                                    .contains("has no object in directory:ocs"),
                            two -> assertThat(two)
                                    .isEqualTo(
                                            POOL + " names pool ocs2007.ocs.lab, and directory:ocs does not hold it"),
                            three -> assertThat(three)
                                    .isEqualTo(POOL + " names server ghost.ocs.lab, and the site file does not"),
                            four -> assertThat(four)
                                    .startsWith(POOL + " names \\\\files\\compliance for meeting-compliance"),
                            five -> assertThat(five).startsWith(OLD + " is of ").contains("(proof.skew)"));
            tellsItLater(site, backup);
        }
    }

    private static String told(Damage damage) {
        return damage.file() + " " + damage.what();
    }

    private void plant(LabSite site, String user) throws Exception {
        var tools = site.lab().tools();
        var pool = tools.store(Level.POOL, "ocs2007");
        var key = "Backend=(local)\\rtc";
        try (var ldap = site.lab().connectToDirectory()) {
            ldap.delete(user);
            var root = "CN=RTC Service,CN=Services,CN=Configuration,"
                    + site.lab().site().domain().dn();
            var gone = new DeleteRequest("CN=ocs2007,CN=Pools," + root);
            gone.addControl(new SubtreeDeleteRequestControl());
            ldap.delete(gone);
            ldap.add(
                    "dn: CN={11111111-2222-3333-4444-555555555555},CN=Global Settings," + root,
                    "objectClass: top",
                    "objectClass: msRTCSIP-TrustedServer",
                    "cn: {11111111-2222-3333-4444-555555555555}",
                    "msRTCSIP-TrustedServerFQDN: ghost.ocs.lab");
        }
        tools.changeSetting(pool, "MSFT_SIPPoolSetting", key, "PoolMemberList", "ocs2007.ocs.lab,ghost.ocs.lab");
        tools.changeSetting(
                pool,
                "MSFT_SIPDataComplianceSetting",
                key,
                "MeetingContentComplianceLocation",
                "\\\\files\\compliance");
        var left = Files.createDirectory(folder.resolve("left"));
        var old = left.resolve("updates.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(old))) {
            zip.putNextEntry(new ZipEntry("firmware.bin"));
            zip.write(new byte[1000]);
        }
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(3, ChronoUnit.DAYS)));
        Files.writeString(
                site.lab().siteFile(),
                Files.readString(site.lab().siteFile()) + "\nobserved:\n  - {part: '" + OLD + "', folder: '" + left
                        + "', maxAge: P9D}\n");
    }

    private static void tellsItLater(LabSite site, LabSite.Ended backup) {
        assertThat(site.run("list").last().path("verdict").asText()).isEqualTo("SUSPECT");
        assertThat(site.run("show", "latest").out()).contains("ghost.ocs.lab", "\"kind\":\"coherence\"");
        var verify = site.run("verify");
        assertThat(verify.exit()).as(verify.out() + verify.err()).isEqualTo(4);
        assertThat(verify.last().path("notes").toString())
                .contains("the parts of " + backup.last().path("set").asText() + " do not fit each other");
        assertThat(site.run("list").last().path("verdict").asText()).isEqualTo("SUSPECT");
    }
}

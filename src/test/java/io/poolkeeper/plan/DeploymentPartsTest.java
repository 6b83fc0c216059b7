// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Deployment;
import io.poolkeeper.step.Deployment.Pool;
import io.poolkeeper.step.Deployment.Server;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools and servers of the directory against those of the site file, whose one pool is ocs2007. */
class DeploymentPartsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T23:00:00Z");
    private static final Pool OCS2007 = new Pool("ocs2007", "ocs2007.ocs.lab", Edition.STANDARD, "(local)\\rtc", null);
    private static final Server ITS_SERVER = new Server("ocs2007.ocs.lab", List.of("standard-edition"), "ocs2007");

    @TempDir
    Path folder;

    @Test
    void saysNothingIfBothKnowTheSame() {
        assertThat(differences(List.of(OCS2007), List.of(ITS_SERVER))).isEmpty();
    }

    @Test
    void warnsOfAPoolThatOnlyTheDirectoryHasAndNamesItsServersThere() {
        var other = new Pool("ocspool", "ocspool.ocs.lab", Edition.ENTERPRISE, "SQL1", "sql1.ocs.lab");
        var its = new Server("fe1.ocs.lab", List.of("front-end"), "ocspool");

        assertThat(differences(List.of(OCS2007, other), List.of(ITS_SERVER, its)))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.part()).hasToString("directory:pool/ocspool.ocs.lab");
                    assertThat(part.disposition()).isEqualTo(Disposition.UNDECIDED);
                    assertThat(part.foregone()).contains(Outcome.WARNING);
                    assertThat(part.cause())
                            .isEqualTo("the directory has pool ocspool of the enterprise edition with fe1.ocs.lab,"
                                    + " and the site file does not");
                    assertThat(part.hint()).contains("add it under pools", "dispositions");
                });
    }

    @Test
    void warnsOfAServerThatOnlyTheDirectoryHas() {
        var mediation = new Server("med.ocs.lab", List.of("mediation"), null);

        assertThat(differences(List.of(OCS2007), List.of(ITS_SERVER, mediation)))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.part()).hasToString("directory:server/med.ocs.lab");
                    assertThat(part.cause()).contains("server med.ocs.lab (mediation)");
                });
    }

    @Test
    void warnsOfARoleThatTheSiteFileDoesNotDeclare() {
        var more = new Server("OCS2007.ocs.lab", List.of("mediation", "standard-edition"), "ocs2007");

        assertThat(differences(List.of(OCS2007), List.of(more)))
                .singleElement()
                .extracting(Expectation::cause)
                .asString()
                .contains("as mediation, and the site file does not declare that");
    }

    @Test
    void warnsOfAPoolThatOnlyTheSiteFileHas() {
        assertThat(differences(List.of(), List.of())).singleElement().satisfies(part -> {
            assertThat(part.part()).hasToString("directory:pool/ocs2007");
            assertThat(part.cause()).contains("the directory does not know it");
        });
    }

    @Test
    void warnsOfAServerThatOnlyTheSiteFileHas() {
        var site = withSecondServer("");

        assertThat(differences(site, List.of()))
                .singleElement()
                .extracting(part -> part.part().toString())
                .isEqualTo("directory:server/cwa.ocs.lab");
        assertThat(differences(site, List.of("cwa.ocs.lab"))).isEmpty();
    }

    @Test
    void isExcusedOnceSomebodyDecided() {
        var site = withSecondServer("""
                dispositions:
                  - {part: 'directory:server/cwa.ocs.lab', as: excluded, reason: other forest, owner: me, until: 2027-06-30}
                """);

        assertThat(differences(site, List.of()))
                .singleElement()
                .extracting(Expectation::foregone)
                .isEqualTo(java.util.Optional.of(Outcome.EXCUSED));
    }

    @Test
    void cannotBeDecidedToBeCaptured() {
        var site = withSecondServer("dispositions: [{part: 'directory:server/cwa.ocs.lab', as: required}]\n");

        assertThat(differences(site, List.of())).singleElement().satisfies(part -> {
            assertThat(part.foregone()).contains(Outcome.FAILED);
            assertThat(part.cause()).contains("is not captured as such");
        });
    }

    @Test
    void saysNothingIfTheAccountIsShownNoContainerOfOcs() {
        assertThat(differences(TestSites.standard(folder), List.of(), new Deployment(List.of(), List.of(), List.of())))
                .isEmpty();
    }

    private Site withSecondServer(String more) {
        return TestSites.in(
                folder,
                TestSites.STANDARD.replace(
                                "installRoot: ocs}]", "installRoot: ocs}, {fqdn: cwa.ocs.lab, roles: [cwa]}]")
                        + more);
    }

    private List<Expectation> differences(List<Pool> pools, List<Server> servers) {
        return differences(TestSites.standard(folder), List.of("CN=RTC"), new Deployment(pools, servers, List.of()));
    }

    private static List<Expectation> differences(Site site, List<String> accounts) {
        return differences(site, List.of("CN=RTC"), new Deployment(List.of(OCS2007), List.of(ITS_SERVER), accounts));
    }

    private static List<Expectation> differences(Site site, List<String> containers, Deployment deployment) {
        var directory = new Inventory.Directory(NOW, null, null, "DC=ocs", "CN=C", containers, 0, deployment);
        return Expectations.of(site, new Inventory(Map.of(), List.of(), directory), NOW).stream()
                .filter(part -> DeploymentParts.isOne(part.part()))
                .toList();
    }
}

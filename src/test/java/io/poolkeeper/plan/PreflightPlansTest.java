// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Finding.State;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.Inventory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says about plans and parts. */
class PreflightPlansTest {
    private static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");

    @TempDir
    Path folder;

    private final Findings findings = new Findings();

    @Test
    void saysWhenAPlanIsDueInTheZoneOfTheSite() {
        PreflightPlans.look(TestSites.standard(folder), NOON, findings);

        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(State.OK);
            assertThat(finding.what()).contains("next due 2026-11-23 23:00:00 +01:00 (Europe/Amsterdam)");
        });
    }

    @Test
    void warnsOfAPlanThatIsNeverDueAgain() {
        var yaml = TestSites.STANDARD.replace("0 0 23 * * ?", "0 0 23 1 1 ? 2020");

        PreflightPlans.look(TestSites.in(folder, yaml), NOON, findings);

        assertThat(findings.all()).extracting(Finding::state).containsExactly(State.WARNING);
    }

    @Test
    void warnsWhenDrillsAreDueButNoBackup() {
        var yaml = TestSites.STANDARD.replace("kind: backup, cron", "kind: drill, cron");

        PreflightPlans.look(TestSites.in(folder, yaml), NOON, findings);

        assertThat(findings.all()).extracting(Finding::about).containsExactly("plans.nightly", "plans");
    }

    @Test
    void looksForTheToolsOfThisHostsOwnPartsAlone() {
        var local = TestSites.STANDARD + "methods: {directory: [ldif, ifm]}\n";
        var elsewhere = local.replace("roles: [standard-edition], os", "roles: [standard-edition], worker: other, os")
                        .replace("bindDn: 'CN=backup'", "bindDn: 'CN=backup', worker: other")
                + "workers: {other: {handOff: desk}}\n";

        assertThat(new PreflightParts(TestSites.in(folder, local)).methods())
                .contains(Method.LCSCMD, Method.DBIMPEXP, Method.LDIF, Method.IFM);
        assertThat(new PreflightParts(TestSites.in(folder, elsewhere)).methods())
                .doesNotContain(Method.LCSCMD, Method.DBIMPEXP, Method.IFM)
                .contains(Method.SQL_NATIVE);
    }

    @Test
    void saysWhatNobodyDecidedAndWhatIsMissing() {
        var site = TestSites.standard(folder);
        var found = new Inventory.SqlInstance(
                "ocs2007-rtc",
                NOON,
                null,
                null,
                false,
                "9.00.5000.00",
                "Express Edition",
                0,
                List.of(
                        new Inventory.Database("RTCConfig", "ONLINE", "SIMPLE"),
                        new Inventory.Database("Surprise", "ONLINE", "SIMPLE")));
        var inventory = new Inventory(Map.of(found.key(), found), List.of(), null);

        PreflightParts.judge(Expectations.of(site, inventory, NOON), findings);

        assertThat(findings.all())
                .anyMatch(finding ->
                        finding.about().equals("database:ocs2007-rtc/Surprise") && finding.state() == State.WARNING)
                .anyMatch(finding -> finding.about().equals("database:ocs2007-rtc/rtc")
                        && finding.state() == State.PROBLEM
                        && finding.what().contains("required"));
        assertThat(new PreflightParts(site).databases(found))
                .contains("RTCConfig")
                .doesNotContain("Surprise");
    }
}

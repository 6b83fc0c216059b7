// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.StateOwner;
import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.site.TestSites;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the vault alone tells, when no coordinator runs: plan nightly is due each day and has three hours. */
@ExtendWith(Matrix.class)
class StatusVerbTest {
    @TempDir
    Path folder;

    private String site = "";
    private Vault vault;

    @BeforeEach
    void makeVault() {
        var read = TestSites.standard(folder);
        site = read.file().toString();
        vault = Vault.of(read);
    }

    @Test
    @Case(value = "the coordinator is never started again", holds = "status answers 32 from the vault alone")
    void endsWith32WhenANightHasNoRun() throws IOException {
        ran("nightly", Duration.ofHours(52), 0);
        ran("drill", Duration.ofHours(1), 0); // another plan's run is no excuse

        var status = Ran.of("status", "-c", site);

        assertThat(status.exit()).isEqualTo(32);
        assertThat(status.out())
                .contains("OVERDUE: plan nightly was due at 20", "23:00", "no run of it is known since", "HINT:");
        var json = Ran.of("status", "--json", "-c", site).lines().get(0);
        assertThat(Schemas.check("overview", json)).isEmpty();
        assertThat(json.path("overdue")).hasSize(1);
    }

    @Test
    void endsWithTheLastRunsCodeWhileItsPlanIsInTime() throws IOException {
        ran("nightly", Duration.ofMinutes(1), 4);

        var status = Ran.of("status", "-c", site);

        assertThat(status.exit()).isEqualTo(4);
        assertThat(status.out()).doesNotContain("OVERDUE");
    }

    @Test
    void letsAWorseCodeOfTheLastRunCount() throws IOException {
        ran("nightly", Duration.ofHours(52), 8);

        assertThat(Ran.of("status", "-c", site).exit()).isEqualTo(8);
    }

    @Test
    void aRunOfAShareThatChangedHidesNeitherAFailureNorAMissedNight() throws IOException {
        ran("nightly", Duration.ofHours(2), 8);
        ran("nightly", Duration.ofHours(1), 0, "change");
        assertThat(Ran.of("status", "-c", site).exit()).isEqualTo(8);

        ran("nightly", Duration.ofMinutes(1), 12, "change");
        assertThat(Ran.of("status", "-c", site).exit()).isEqualTo(12);
    }

    @Test
    void aRunOfAShareThatChangedIsNoNight() throws IOException {
        ran("nightly", Duration.ofHours(52), 0);
        ran("nightly", Duration.ofHours(1), 0, "change");

        assertThat(Ran.of("status", "-c", site).exit()).isEqualTo(32);
    }

    @Test
    void tellsOfARunThatEndedAndThatNobodyKnowsWhatBecameOfAnother() throws IOException {
        ran("nightly", Duration.ofMinutes(1), 8);
        leftByAKilledCoordinator();
        var known = new Outline(vault).summaries().get(0).path("run").asText();

        var ended = Ran.of("status", known, "--json", "-c", site);
        assertThat(ended.exit()).as(ended.err()).isEqualTo(8);
        assertThat(Ran.of("status", "-c", site).exit()).isEqualTo(8);
        var other = Ran.of("status", "2026-11-23T230000Z-nightly-0000", "-c", site);
        assertThat(other.exit()).isEqualTo(40);
        assertThat(other.err()).contains("no coordinator answers", "HINT: start 'serve'");
    }

    /** Its address, where nobody listens any more. */
    private void leftByAKilledCoordinator() throws IOException {
        var state = Files.createDirectories(SiteFile.read(Path.of(site)).state().dir());
        try (var socket = new ServerSocket(0)) {
            Files.writeString(
                    state.resolve("owner.json"),
                    Json.line(new StateOwner.Card(
                            "http://127.0.0.1:" + socket.getLocalPort(), "token", 1, Instant.now())));
        }
    }

    @Test
    void promisesNothingOfAPlanThatNeverRan() {
        assertThat(Ran.of("status", "-c", site).exit()).isZero();
    }

    @Test
    @Case(value = "no good copy is young enough", holds = "status --max-age answers 32, names the part")
    void endsWith32WhenTheVaultHoldsNothingThatIsYoungEnough() throws IOException {
        ran("nightly", Duration.ofMinutes(1), 0); // a run that ended well is no copy

        var status = Ran.of("status", "--max-age", "PT26H", "-c", site);

        assertThat(status.exit()).isEqualTo(32);
        assertThat(status.out()).contains("OVERDUE: the vault ", "holds no set with a required part");
    }

    @Test
    void refusesAnAgeThatIsNoneAndOneOfARun() {
        assertThat(Ran.of("status", "--max-age", "PT0S", "-c", site).exit()).isEqualTo(64);
        assertThat(Ran.of("status", "--max-age", "yesterday", "-c", site).exit())
                .isEqualTo(64);
        assertThat(Ran.of("status", "some-run", "--max-age", "PT1H", "-c", site).exit())
                .isEqualTo(64);
    }

    private void ran(String plan, Duration ago, int exit) throws IOException {
        ran(plan, ago, exit, "timer");
    }

    private void ran(String plan, Duration ago, int exit, String trigger) throws IOException {
        var started = Instant.now().minus(ago);
        var run = Vault.stamp(started) + "-" + plan + "-7c1a";
        var summary = Json.node(Map.of(
                "plan",
                plan,
                "run",
                run,
                "trigger",
                trigger,
                "verdict",
                "OK",
                "exit",
                exit,
                "started",
                started.toString(),
                "finished",
                started.toString()));
        vault.addEvidence(new Evidence(run, "run", run, started, List.of(), summary));
    }
}

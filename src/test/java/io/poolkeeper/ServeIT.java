// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator as a service in a process of its own, its clients, and what is left when it is killed or stopped. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Matrix.class)
class ServeIT {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(2);

    /** So that what was killed counts as lost soon. */
    private static final Map<String, String> FAST =
            Map.of("JAVA_TOOL_OPTIONS", "-Dpoolkeeper.heartbeat=PT1S -Dpoolkeeper.step.pause=PT1S");

    /** What is quick to capture, and what stands before the gate. */
    private static final List<String> QUICK = List.of("--part", "share:meeting-metadata");

    private static final String[] GATED = {
        "backup", "--json", "--part", "share:meeting-metadata", "--part", "settings:global-pool/ocs2007"
    };

    @TempDir
    static Path folder;

    private static LabSite site;
    private static Gate gate;
    private static ProductProcess serve;
    private static ProductProcess client;
    private static String run;

    @BeforeAll
    static void startWithOneSet() throws IOException {
        site = LabSite.start(folder.resolve("lab"));
        gate = Gate.before(site.lab().siteFile(), folder);
        serve = serve();
        assertThat(backUp().exit()).isZero();
    }

    @AfterAll
    static void stop() throws IOException {
        gate.open();
        for (var process : new ProductProcess[] {client, serve}) {
            if (process != null) {
                process.close();
            }
        }
        site.close();
    }

    @Test
    @Order(1)
    void answersEveryVerbWhileABackupGoesOn() throws IOException {
        startBackupUpToTheGate();

        var status = ask("status");
        assertThat(status.exit()).isZero();
        assertThat(status.last().path("coordinator").asBoolean()).isTrue();
        assertThat(status.last().path("going"))
                .singleElement()
                .satisfies(going -> assertThat(going.path("run").asText()).isEqualTo(run));
        assertThat(ask("status", run).last().path("closed").isNull()).isTrue();
        assertThat(ask("list").lines()).hasSize(1);
        assertThat(ask("show", "latest").exit()).isZero();
        assertThat(ask("plan").exit()).isZero();
        assertThat(ask("config", "show").exit()).isZero();
        assertThat(ask("verify", QUICK.get(0), QUICK.get(1)).exit()).isZero();
        assertThat(ask("cancel", "2026-11-23T230000Z-nightly-7c1a").exit()).isEqualTo(64);
        assertThat(client.isRunning()).isTrue();
    }

    @Test
    @Order(2)
    void refusesToDoTheSameTwice() {
        var again = ask("backup");

        assertThat(again.exit()).isEqualTo(36);
        assertThat(again.err()).contains("run " + run).contains("cancel " + run);
        assertThat(ask("trigger", "nightly").exit()).isEqualTo(36);
        assertThat(ask("serve").exit()).isEqualTo(36);
    }

    @Test
    @Order(3)
    @Case(value = "a second coordinator wants the same vault", holds = "it is refused")
    void refusesTheVaultToACoordinatorWithAnotherStateFolder() throws Exception {
        var other = Files.writeString(
                site.folder().resolve("other.yaml"),
                Files.readString(site.lab().siteFile()).replace("state: {dir: state}", "state: {dir: other-state}"));

        try (var backup = ProductProcess.start(folder.resolve("said"), Map.of(), other, "backup")) {
            assertThat(backup.await(BOUND)).isEqualTo(16);
            assertThat(backup.err())
                    .contains("in use by another coordinator: process "
                            + serve.handle().pid() + " on ")
                    .contains(site.folder().resolve("state").toString())
                    .contains("HINT: ");
        }
    }

    @Test
    @Order(4)
    void aClientWhoseCoordinatorIsKilledEndsWith40() throws Exception {
        serve.kill();

        assertThat(client.await(BOUND)).as(client.err()).isEqualTo(40);
        assertThat(client.lines())
                .noneMatch(line -> line.path("message_type").asText().equals("summary"));
        assertThat(ask("trigger", "nightly").exit()).isEqualTo(40);
        assertThat(ask("cancel", run).exit()).isEqualTo(40);
        assertThat(ask("list").lines()).hasSize(1);
    }

    @Test
    @Order(5)
    void theNextCoordinatorBringsTheRunToItsEnd() throws IOException {
        gate.open();
        serve = serve();

        waitAtMost(LONG)
                .until(() -> !ask("status", run).last().path("exit").isMissingNode()
                        && !ask("status", run).last().path("exit").isNull());

        var ended = ask("status", run);
        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(ask("list").lines()).hasSize(2);
        assertThat(unpublished()).isEmpty();
        assertThat(backUp().exit()).isZero();
        assertThat(ask("verify", QUICK.get(0), QUICK.get(1)).exit()).isZero();
    }

    @Test
    @Order(6)
    void stopsARunThatIsCancelledAndLeavesNoPartialSet() throws Exception {
        startBackupUpToTheGate();

        assertThat(ask("cancel", run).exit()).isZero();

        assertThat(client.await(BOUND)).isEqualTo(12);
        waitAtMost(BOUND).until(() -> unpublished().isEmpty());
        assertThat(ask("list").lines()).hasSize(3);
    }

    @Test
    @Order(7)
    @Case(value = "a coordinator gets SIGTERM within a run", holds = "the run ends with 12, nothing is left")
    void stopsCleanlyInTheMiddleOfABackup() throws Exception {
        startBackupUpToTheGate();

        serve.terminate();

        assertThat(serve.await(Duration.ofSeconds(40))).isEqualTo(128 + 15);
        assertThat(serve.err().lines()).allMatch(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS"));
        assertThat(client.await(BOUND)).isIn(12, 40); // it may hear of the cancelled run, or of nobody
        assertThat(site.folder().resolve("state/owner.json")).doesNotExist();
        assertThat(Vault.of(site.site()).folder().resolve(".coordinator.json")).doesNotExist();
        assertThat(unpublished()).isEmpty();
        gate.open();
    }

    @Test
    @Order(8)
    void aBackupOfItsOwnThatIsInterruptedIsCancelled() throws Exception {
        assertThat(backUp().exit()).isZero();
        startBackupUpToTheGate();

        client.terminate();

        assertThat(client.await(Duration.ofSeconds(40))).isEqualTo(128 + 15);
        assertThat(unpublished()).isEmpty();
        gate.open();
        assertThat(backUp().exit()).isZero();
    }

    @Test
    @Order(9)
    @Case(value = "a verb without a coordinator is killed", holds = "the next verb ends its run first")
    void aVerbOfItsOwnFirstEndsTheRunThatAKilledOneLeft() throws Exception {
        startBackupUpToTheGate();
        client.kill();
        client.await(BOUND);
        gate.open();

        var backup = backUp();

        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        assertThat(backup.last().path("run").asText()).isNotEqualTo(run);
        assertThat(backup.err()).contains("run " + run + " was left by a process that ended");
        assertThat(ask("status", run).exit()).isZero();
        assertThat(unpublished()).isEmpty();
    }

    private static ProductProcess serve() {
        var started =
                ProductProcess.start(folder.resolve("said"), FAST, site.lab().siteFile(), "serve");
        waitAtMost(LONG).until(() -> started.out().startsWith("serving ocs-lab; plans: nightly"));
        return started;
    }

    private static void startBackupUpToTheGate() throws IOException {
        gate.close();
        client = ProductProcess.start(folder.resolve("said"), FAST, site.lab().siteFile(), GATED);
        waitAtMost(LONG).until(gate::isReached);
        run = ask("status").last().path("going").path(0).path("run").asText();
        assertThat(run).isNotEmpty();
    }

    /** A verb of a client; that it answers within the bound is a part of every test. */
    private static LabSite.Ended ask(String... verb) {
        return assertTimeoutPreemptively(BOUND, () -> site.run(verb), () -> String.join(" ", verb) + " hangs");
    }

    /** A small backup to its end. */
    private static LabSite.Ended backUp() {
        return assertTimeoutPreemptively(LONG, () -> site.run("backup", QUICK.get(0), QUICK.get(1)));
    }

    private static List<String> unpublished() throws IOException {
        return Vault.of(site.site()).unpublished();
    }

    private static ConditionFactory waitAtMost(Duration most) {
        return Awaitility.await().atMost(most).pollInterval(Duration.ofMillis(100));
    }
}

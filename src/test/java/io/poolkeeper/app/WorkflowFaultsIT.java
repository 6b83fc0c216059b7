// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.LabSite;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.plan.Plan;
import io.poolkeeper.plan.Planner;
import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.StageClosed;
import io.poolkeeper.set.Vault;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.AdviceWith;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between the parts of the workflow: never a good verdict, never a run without an end. */
@ExtendWith(Matrix.class)
class WorkflowFaultsIT {
    @TempDir
    static Path folder;

    private static LabSite lab;
    private StateOwner owner;
    private Coordinator coordinator;

    @BeforeAll
    static void startLab() {
        lab = LabSite.start(folder.resolve("lab"));
        System.setProperty("poolkeeper.heartbeat", "PT0.3S");
        System.setProperty("poolkeeper.watch.period", "100");
        System.setProperty("poolkeeper.progress.period", "100");
        System.setProperty("poolkeeper.step.pause", "PT0.1S");
    }

    @AfterAll
    static void stopLab() {
        List.of("heartbeat", "watch.period", "progress.period", "step.pause")
                .forEach(key -> System.clearProperty("poolkeeper." + key));
        lab.close();
    }

    @BeforeEach
    void takeState() {
        owner = StateOwner.take(lab.site().state().dir()).orElseThrow();
    }

    @AfterEach
    void stop() {
        coordinator.close();
        owner.close();
    }

    @Test
    @Case(value = "a step's result never arrives", holds = "FAILED, cause LOST")
    void failsThePartWhoseResultNeverArrives() throws Exception {
        start(new Planner());
        AdviceWith.adviceWith(
                coordinator.workflow().context(),
                "answer-step",
                route -> route.weaveById("send-result")
                        .replace()
                        .choice()
                        .when(body -> !body.getMessage().getBody(String.class).contains("\"share:meeting-content\""))
                        .to("jms:poolkeeper.result"));

        var summary = backup();

        assertThat(summary.path("exit").asInt()).isEqualTo(8);
        assertThat(part(summary, "share:meeting-content").path("cause").asText())
                .startsWith("LOST: worker local");
        assertThat(summary.path("failed").asInt()).isEqualTo(1);
    }

    @Test
    @Case(value = "the broker rolls a result back", holds = "the worker sends it again")
    void sendsAResultAgainWhoseTransactionTheBrokerRolledBack() throws Exception {
        start(new Planner());
        var dies = new AtomicInteger(2);
        AdviceWith.adviceWith(
                coordinator.workflow().context(),
                "answer-step",
                route -> route.weaveById("end-second-transaction").replace().process(exchange -> {
                    if (exchange.getMessage().getBody(String.class).contains("\"share:meeting-content\"")
                            && dies.getAndDecrement() > 0) {
                        exchange.getProperty("poolkeeperSession", Session.class).rollback();
                        throw new IllegalStateException("the broker died");
                    }
                }));

        var summary = backup();

        assertThat(summary.path("exit").asInt()).as(summary.toString()).isZero();
        assertThat(part(summary, "share:meeting-content").path("outcome").asText())
                .isEqualTo("OK");
        assertThat(dies).hasNonPositiveValue();
    }

    @Test
    void failsThePartWhoseStepNoWorkerCanHandle() throws Exception {
        start(new Planner());
        AdviceWith.adviceWith(
                coordinator.workflow().context(),
                "take-step",
                route -> route.weaveById("claim-step")
                        .before()
                        .choice()
                        .when(body -> body.getMessage().getBody(String.class).contains("capture-")
                                && body.getMessage().getBody(String.class).contains("share:meeting-content"))
                        .throwException(new MessageRefused("nobody can claim it")));

        var summary = backup("share:meeting-content");

        assertThat(summary.path("exit").asInt()).as(summary.toString()).isEqualTo(12);
        assertThat(part(summary, "share:meeting-content").path("cause").asText())
                .startsWith("worker local could not handle the step: nobody can claim it");
    }

    @Test
    @Case(value = "a step's result comes twice", holds = "it counts once")
    void countsAResultThatComesTwiceOnce() throws Exception {
        start(new Planner());
        AdviceWith.adviceWith(
                coordinator.workflow().context(),
                "answer-step",
                route -> route.weaveById("send-result").before().to("jms:poolkeeper.result"));

        var summary = backup();

        assertThat(summary.path("exit").asInt()).as(summary.toString()).isZero();
        assertThat(summary.path("ok").asInt() + summary.path("excused").asInt())
                .isEqualTo(summary.path("expected").asInt());
    }

    @Test
    void endsAsAnInternalErrorWhenAPlannerForgetsAStep() {
        start(new Planner() {
            @Override
            public Plan backup(
                    String name, String set, Level level, List<Expectation> expectations, Map<PartId, String> bases) {
                var plan = super.backup(name, set, level, expectations, bases);
                var stages = plan.stages().stream()
                        .map(stage -> new Plan.Stage(
                                stage.name(),
                                stage.steps().stream()
                                        .filter(step -> !isForgotten(step.part()))
                                        .toList()))
                        .toList();
                return new Plan(plan.name(), plan.level(), plan.parts(), stages);
            }
        });

        var summary = backup();

        assertThat(summary.path("exit").asInt()).isEqualTo(70);
        assertThat(summary.path("failure").asText()).contains("share:meeting-content");
    }

    @Test
    void endsAsAnInternalErrorWhenAPlannerForgetsAPart() {
        start(new Planner() {
            @Override
            public Plan backup(
                    String name, String set, Level level, List<Expectation> expectations, Map<PartId, String> bases) {
                return super.backup(
                        name,
                        set,
                        level,
                        expectations.stream()
                                .filter(part -> !isForgotten(part.part()))
                                .toList(),
                        bases);
            }
        });

        assertThat(backup().path("exit").asInt()).isEqualTo(70);
    }

    private static boolean isForgotten(PartId part) {
        return part.equals(PartId.parse("share:meeting-content"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"poolkeeper.trigger", "poolkeeper.stage", "poolkeeper.result", "poolkeeper.step.local"})
    void parksAMessageThatMakesNoSenseAlertsAndGoesOn(String queue) {
        start(new Planner());
        var before = deadLetters(queue);

        coordinator.workflow().send(queue, "{\"this\": \"makes no sense\"}");
        coordinator.workflow().send(queue, "not even JSON");
        coordinator.workflow().send(queue, "x".repeat(Messages.LONGEST + 1));

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> deadLetters(queue) == before + 3);
        assertThat(backup("share:meeting-content").path("exit").asInt()).isZero();
    }

    private static long deadLetters(String queue) {
        return lab.cards().stream()
                .filter(card -> card.contains("DEAD LETTER") && card.contains(queue + " could not be handled"))
                .count();
    }

    @Test
    void refusesToSendWhatIsTooLong() {
        start(new Planner());

        assertThatThrownBy(() -> new Messages()
                        .write(new Messages.Trigger("x".repeat(10), "k", List.of(), "y".repeat(Messages.LONGEST))))
                .isInstanceOfAny(MessageRefused.class, io.poolkeeper.schema.MalformedDocument.class);
    }

    @Test
    @Case(value = "a stage cannot be opened", holds = "the run ends at once as an internal error")
    void endsARunWhoseNextStageCannotBeOpened() {
        start(new Planner() {
            @Override
            public Plan backup(
                    String name, String set, Level level, List<Expectation> expectations, Map<PartId, String> bases) {
                throw new IllegalStateException("a planner with a bug");
            }
        });

        var summary = backup();

        assertThat(summary.path("exit").asInt()).isEqualTo(70);
        assertThat(summary.path("failure").asText()).contains("a planner with a bug");
    }

    @Test
    void stopsARunThatSomebodyCancels() {
        start(new Planner());
        var run = coordinator.request(request("backup", List.of())).run();
        Awaitility.await().until(() -> coordinator.status(run).orElseThrow().expected() != null);

        assertThat(coordinator.cancel(run)).isTrue();

        var summary = await(run);
        assertThat(summary.path("exit").asInt()).isEqualTo(12);
        assertThat(summary.path("set").isNull()).isTrue();
        Awaitility.await().until(() -> Vault.of(lab.site()).unpublished().isEmpty());
        assertThat(coordinator.cancel(run)).isFalse();
    }

    @Test
    void refusesASecondRunOfAPlanAndAnswersAKnownKeyWithItsRun() {
        start(new Planner());
        var first = coordinator.request(request("backup", List.of()));

        assertThat(coordinator.request(request("backup", List.of())))
                .isEqualTo(new Accepted.Refused(first.run(), "run " + first.run() + " of plan backup is going on"));
        await(first.run());
    }

    @Test
    void startsARunForAFileInTheTriggerFolder() throws IOException {
        start(new Planner());
        var trigger = lab.site().state().dir().resolve("trigger");

        Files.writeString(
                trigger.resolve("ask.json"),
                "{\"plan\": \"nightly\", \"key\": \"from-a-file\", \"parts\": [\"share:meeting-content\"]}");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> coordinator.recent(1).stream()
                        .anyMatch(run -> run.plan().equals("nightly") && run.closed() != null));
        assertThat(trigger.resolve("done/ask.json")).exists();
    }

    @Test
    void refusesAFileThatMakesNoSenseAndSaysWhyBesideIt() throws IOException {
        start(new Planner());
        var trigger = lab.site().state().dir().resolve("trigger");

        Files.writeString(trigger.resolve("wrong.json"), "{\"plan\": 7}");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(trigger.resolve("refused/wrong.json")));
        assertThat(trigger.resolve("refused/wrong.json.reason.txt")).content().contains("plan must be string");
    }

    @Test
    void startsARunWhenATimerIsDueAndOnlyOneForThatMoment() {
        start(new Planner());
        var due = new Messages().write(Triggers.due("nightly", Date.from(Instant.parse("2026-10-25T01:30:00Z"))));

        coordinator.workflow().send("poolkeeper.trigger", due);
        coordinator.workflow().send("poolkeeper.trigger", due);

        var key = "nightly@2026-10-25T01:30:00Z";
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> coordinator.recent(5).stream()
                        .anyMatch(run -> run.closed() != null
                                && run.summary().path("key").asText().equals(key)));
        assertThat(coordinator.recent(5).stream().map(run -> run.summary()))
                .filteredOn(summary -> summary.path("key").asText().equals(key))
                .singleElement()
                .satisfies(
                        summary -> assertThat(summary.path("trigger").asText()).isEqualTo("timer"));
    }

    @Test
    void opensAStageOnceHoweverOftenItIsTold() {
        start(new Planner());
        var run = coordinator
                .request(request("backup", List.of("share:meeting-content")))
                .run();
        for (var i = 0; i < 5; i++) {
            coordinator.workflow().send("poolkeeper.stage", new Messages().write(new StageClosed(run, -1)));
        }

        assertThat(await(run).path("exit").asInt()).isZero();
    }

    private void start(Planner planner) {
        coordinator = Coordinator.start(lab.site(), new Coordinator.Options(false, planner, Clock.systemUTC()));
    }

    private JsonNode backup(String... parts) {
        return await(coordinator.request(request("backup", List.of(parts))).run());
    }

    private JsonNode await(String run) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> coordinator.status(run).orElseThrow(), status -> status.closed() != null)
                .summary();
    }

    private static Request request(String kind, List<String> parts) {
        return new Request(
                kind,
                kind,
                Level.FULL,
                "cli",
                UUID.randomUUID().toString(),
                "a test",
                parts,
                null,
                Depth.CONTENT,
                false,
                null,
                Instant.now(),
                Duration.ofMinutes(5));
    }

    private static JsonNode part(JsonNode summary, String id) {
        for (var part : summary.path("parts")) {
            if (part.path("part").asText().equals(id)) {
                return part;
            }
        }
        throw new AssertionError(id + " is not in " + summary);
    }
}

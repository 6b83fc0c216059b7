// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.run.ProgressBoard.Progress;
import io.poolkeeper.run.StageClosed;
import io.poolkeeper.run.Steps.Reaped;
import io.poolkeeper.step.Presence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchOverRunsRouteTest extends RouteTest {
    private final Watch watch = new Watch(story);
    private final Steps steps = new Steps(story);

    @Override
    List<String> files() {
        return List.of(
                "coordinator/error-handling",
                "coordinator/watch-over-runs",
                "coordinator/open-stage",
                "coordinator/conclude-run",
                "coordinator/take-result");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of(
                "watch", watch,
                "steps", steps,
                "stages", new Stages(),
                "conclusion", new Conclusion(story),
                "parking", new Parking(story));
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of("poolkeeper.watch.period", "1000", "poolkeeper.result.parallel", "1");
    }

    @Test
    void renewsTheLeaseOfAStepWhoseWorkerTellsThatItLives() throws Exception {
        var part = PartId.parse("share:meeting-content");

        deliver(
                "topic:poolkeeper.progress",
                messages.write(new Progress("run-1", "capture-01", 1, "local", part, 40, 100, "percent", NOON)));

        assertThat(story).containsExactly("alive capture-01 40 percent");
    }

    @Test
    void renewsNoLeaseBecauseAnotherWorkerSaysSo() throws Exception {
        var part = PartId.parse("share:meeting-content");

        jms.deliver(
                "topic:poolkeeper.progress",
                messages.write(new Progress("run-1", "capture-01", 1, "local", part, 40, 100, "percent", NOON)),
                Map.of("JMSXUserID", Senders.LIAR));

        assertThat(story).isEmpty();
    }

    @Test
    void knowsThatAWorkerIsThereWhetherOrNotItHasAStep() throws Exception {
        deliver(
                "topic:poolkeeper.progress",
                messages.write(
                        new Presence("files", "host/1", "svc", "0.1.0", "0".repeat(64), List.of("vault"), NOON)));

        assertThat(story).containsExactly("there is files");
    }

    @Test
    void sendsTheStepOfASilentWorkerAgainAndTellsWhichStagesThatClosed() throws Exception {
        steps.reaped = new Reaped(List.of(step("capture-01", "ocs2007").next()), List.of(new StageClosed("run-2", 3)));

        fire("reap-leases");

        assertThat(story).containsExactly("to poolkeeper.step.ocs2007", "sent capture-01", "to poolkeeper.stage");
        assertThat(messages.step(jms.bodies("poolkeeper.step.ocs2007").get(0)).attempt())
                .isEqualTo(2);
        assertThat(jms.bodies("poolkeeper.stage")).containsExactly("{\"run\":\"run-2\",\"stage\":3}");
    }

    @Test
    void keepsAStepDueThatTheBrokerDoesNotTakeAndGoesOnWithTheOthers() throws Exception {
        answers.put("poolkeeper.step.full", exchange -> {
            throw new IllegalStateException("the store is full");
        });
        steps.reaped = new Reaped(List.of(step("capture-01", "full"), step("capture-02", "ocs2007")), List.of());

        fire("reap-leases");
        watch.firstUnsent = false;
        fire("reap-leases");

        assertThat(story)
                .containsExactly(
                        "to poolkeeper.step.full",
                        "unsent capture-01",
                        "keep the way to the workers: the store is full: capture-01",
                        "to poolkeeper.step.ocs2007",
                        "sent capture-02",
                        "to poolkeeper.step.full",
                        "unsent capture-01",
                        "to poolkeeper.step.ocs2007",
                        "sent capture-02");
    }

    @Test
    void sendsNothingWhileAllWorkersLive() throws Exception {
        fire("reap-leases");

        assertThat(story).isEmpty();
    }

    @Test
    void endsTheStepsOfARunThatIsOverdueAndStopsItsWorkersBeforeItsNextStage() throws Exception {
        watch.overdue = List.of("run-1", "run-2");
        watch.closedByStopping = List.of(new StageClosed("run-1", 1));

        fire("watch-over-runs");

        assertThat(story)
                .containsExactly(
                        "abandon run-1",
                        "to topic:poolkeeper.control",
                        "to poolkeeper.stage",
                        "abandon run-2",
                        "to topic:poolkeeper.control",
                        "to poolkeeper.stage",
                        "discard leftovers");
        assertThat(jms.bodies("topic:poolkeeper.control"))
                .containsExactly(
                        "{\"run\":\"run-1\",\"order\":\"cancel\"}", "{\"run\":\"run-2\",\"order\":\"cancel\"}");
    }

    @Test
    void endsTheStepsOfARunThatIsOverdueAlthoughTheBrokerTakesNothing() {
        watch.overdue = List.of("run-1");
        answers.put("topic:poolkeeper.control", exchange -> {
            throw new IllegalStateException("the store is full");
        });

        assertThatCode(() -> fire("watch-over-runs")).doesNotThrowAnyException();

        assertThat(story).startsWith("abandon run-1", "to topic:poolkeeper.control");
    }

    @Test
    void tellsAgainAboutStagesWhoseMessageWasLost() throws Exception {
        watch.forgotten = List.of(new StageClosed("run-1", 0), new StageClosed("run-2", -1));

        fire("watch-over-runs");

        assertThat(jms.bodies("poolkeeper.stage"))
                .containsExactly("{\"run\":\"run-1\",\"stage\":0}", "{\"run\":\"run-2\",\"stage\":-1}");
    }
}

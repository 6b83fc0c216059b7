// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Effect;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Matrix.class)
class StepsTest {
    private final RunsLab lab = new RunsLab(RunsLab::captureAndPublish);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void closesAStageWithItsLastStepAndTellsItOnce() {
        var run = lab.started();

        assertThat(lab.steps.take(lab.captured(step(run, "capture-01")))).isEmpty();
        assertThat(lab.steps.take(lab.captured(step(run, "capture-02")))).contains(new StageClosed(run, 0));
        assertThat(lab.steps.take(lab.captured(step(run, "capture-02")))).isEmpty();
    }

    @Test
    void tellsAgainOfAStageThatAResultClosedIfItIsDeliveredAgainAndTheNextIsNotOpen() {
        var run = lab.started();
        var first = lab.captured(step(run, "capture-01"));
        var last = lab.captured(step(run, "capture-02"));
        lab.steps.take(first, false);
        assertThat(lab.steps.take(first, true)).isEmpty();
        lab.steps.take(last, true);

        assertThat(lab.steps.take(last, false)).isEmpty();
        assertThat(lab.steps.take(last, null)).isEmpty();
        assertThat(lab.steps.take(last, true)).contains(new StageClosed(run, 0));
        lab.stages.open(new StageClosed(run, 0), RunsLab.MESSAGE);
        assertThat(lab.steps.take(last, true)).isEmpty();
    }

    @Test
    void takesAResultThatComesTwiceOnce() {
        var run = lab.started();

        lab.steps.take(lab.captured(step(run, "capture-01")));
        lab.steps.take(lab.captured(step(run, "capture-01")));

        assertThat(lab.runs.finalResults(run)).hasSize(1);
    }

    @Test
    void refusesAResultThatNobodyAskedFor() {
        assertThatThrownBy(() -> lab.steps.take(lab.captured(step("no-such-run", "capture-01"))))
                .isInstanceOf(Steps.UnknownStep.class)
                .hasMessageContaining("nobody asked for step capture-01 of run no-such-run");
    }

    @Test
    void refusesWhatAWorkerSaysOfAStepThatWasGivenToAnother() {
        var run = lab.started();
        var step = step(run, "capture-01");
        var forged = StepResult.failed(
                step, "other", new PermanentFault("a cause", "a hint"), lab.clock.instant(), lab.clock.instant());
        var claim = new Claim(run, "capture-01", 1, "other", lab.clock.instant().plusSeconds(15));

        assertThatThrownBy(() -> lab.steps.take(forged))
                .isInstanceOf(Steps.UnknownStep.class)
                .hasMessage("step capture-01 of run " + run + " was given to worker local, not to other");
        assertThatThrownBy(() -> lab.steps.claim(claim)).isInstanceOf(Steps.UnknownStep.class);
        assertThat(lab.runs.finalResults(run)).isEmpty();
        assertThat(lab.steps.open(run))
                .allSatisfy(open -> assertThat(open.worker()).isNull());
    }

    @Test
    void sendsAStepAgainAfterAPassingFaultAndAPause() {
        var run = lab.started();

        assertThat(lab.steps.take(lab.answer(step(run, "capture-01"), Outcome.FAILED, true)))
                .isEmpty();
        assertThat(lab.steps.reap().toSend()).isEmpty();
        lab.clock.pass(Duration.ofSeconds(6));

        var again = lab.steps.reap().toSend();
        assertThat(again)
                .singleElement()
                .satisfies(step -> assertThat(step.attempt()).isEqualTo(2));
        assertThat(lab.steps.reap().toSend()).isEmpty();
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        var run = lab.started();
        var step = step(run, "capture-01");

        for (var attempt = 1; attempt <= Steps.MOST_ATTEMPTS; attempt++) {
            lab.steps.take(lab.answer(step, Outcome.FAILED, true));
            lab.clock.pass(Duration.ofSeconds(6));
            lab.steps.reap();
            step = step.next();
        }

        assertThat(lab.runs.finalResults(run)).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.attempt()).isEqualTo(Steps.MOST_ATTEMPTS);
        });
    }

    @Test
    void sendsTheStepOfASilentWorkerAgain() {
        var run = lab.started();
        claim(run, "capture-01", 1);

        lab.clock.pass(Duration.ofSeconds(16));

        assertThat(lab.steps.reap().toSend()).singleElement().satisfies(step -> {
            assertThat(step.step()).isEqualTo("capture-01");
            assertThat(step.attempt()).isEqualTo(2);
        });
    }

    @Test
    void leavesAStepThatWasSentAgainInItsQueueForAsLongAsItTakes() {
        lab.steps.sent(reaped());

        lab.clock.pass(Duration.ofHours(20));

        assertThat(lab.steps.reap().toSend()).isEmpty();
    }

    @Test
    void sendsTheSameAttemptAgainThatTheBrokerDidNotTake() {
        lab.steps.unsent(reaped());

        lab.clock.pass(Duration.ofSeconds(6));

        assertThat(lab.steps.reap().toSend())
                .singleElement()
                .satisfies(step -> assertThat(step.attempt()).isEqualTo(2));
    }

    @Test
    @Case(value = "the coordinator dies before a step is sent again", holds = "the next attempt takes its place")
    void putsTheNextAttemptInThePlaceOfOneOfWhichNobodyKnowsWhetherItWasSent() {
        reaped();

        lab.clock.pass(Steps.SENDING.plusSeconds(1));

        assertThat(lab.steps.reap().toSend())
                .singleElement()
                .satisfies(step -> assertThat(step.attempt()).isEqualTo(3));
    }

    @Test
    void leavesAStepAloneThatAWorkerClaimedBeforeItWasKnownToBeSent() {
        var step = reaped();
        claim(step.run(), step.step(), step.attempt());

        lab.steps.sent(step);

        assertThat(lab.steps.reap().toSend()).isEmpty();
        lab.clock.pass(Duration.ofSeconds(16));
        assertThat(lab.steps.reap().toSend()).hasSize(1);
    }

    /** The second attempt of a step whose worker was silent, given out to be sent. */
    private Step reaped() {
        claim(lab.started(), "capture-01", 1);
        lab.clock.pass(Duration.ofSeconds(16));
        return lab.steps.reap().toSend().get(0);
    }

    @Test
    void findsASilentWorkerAlthoughTheClockWasSetBack() {
        claim(lab.started(), "capture-01", 1);

        lab.clock.pass(Duration.ofHours(-1));
        assertThat(lab.steps.reap().toSend()).isEmpty();
        lab.clock.pass(Duration.ofSeconds(16));

        assertThat(lab.steps.reap().toSend()).hasSize(1);
    }

    @Test
    void leavesTheStepOfALivingWorkerAlone() {
        var run = lab.started();
        claim(run, "capture-01", 1);

        lab.clock.pass(Duration.ofSeconds(10));
        lab.steps.alive(
                new Claim(run, "capture-01", 1, "local", lab.clock.instant().plusSeconds(15)));
        lab.clock.pass(Duration.ofSeconds(10));

        assertThat(lab.steps.reap().toSend()).isEmpty();
    }

    @Test
    @Case(value = "the coordinator was away longer than a lease", holds = "a worker is waited for anew")
    void waitsToHearAWorkerAgainWhenTheCoordinatorWasAway() {
        var run = lab.started();
        claim(run, "capture-01", 1);
        lab.clock.pass(Duration.ofHours(1));

        lab.steps.resume("another", Duration.ofSeconds(5));

        assertLostAfter(Duration.ofSeconds(15));
    }

    @Test
    @Case(value = "the coordinator's own worker died with it", holds = "its steps are sent again soon")
    void doesNotWaitLongForTheWorkerThatDiedWithTheCoordinator() {
        var run = lab.started();
        claim(run, "capture-01", 1);

        lab.steps.resume("local", Duration.ofSeconds(5));

        assertLostAfter(Duration.ofSeconds(5));
    }

    private void assertLostAfter(Duration lease) {
        lab.clock.pass(lease.minusSeconds(1));
        assertThat(lab.steps.reap().toSend()).isEmpty();
        lab.clock.pass(Duration.ofSeconds(2));
        assertThat(lab.steps.reap().toSend()).hasSize(1);
    }

    @Test
    void letsTheFirstResultWinAndKeepsALaterOneAsLate() {
        var run = lab.started();
        claim(run, "capture-01", 1);
        lab.clock.pass(Duration.ofSeconds(16));
        var second = lab.steps.reap().toSend().get(0);

        lab.steps.take(lab.captured(second));
        lab.steps.take(lab.answer(step(run, "capture-01"), Outcome.FAILED, false));

        assertThat(lab.runs.finalResults(run))
                .singleElement()
                .satisfies(result -> assertThat(result.attempt()).isEqualTo(2));
    }

    @Test
    void neverSendsAStepTwiceThatMayHaveChangedSomething() {
        try (var changing = new RunsLab((number, run, results) -> number > 0
                ? Optional.empty()
                : Optional.of(new Course.StagePlan(
                        "restore",
                        Optional.of(List.of(RunsLab.expectation("share:a"))),
                        List.of(RunsLab.step(run.id(), "restore-01", "share:a", Action.RESTORE, Effect.CHANGES)))))) {
            var run = changing.started();
            changing.steps.claim(new Claim(
                    run, "restore-01", 1, "local", changing.clock.instant().plusSeconds(15)));
            changing.clock.pass(Duration.ofSeconds(16));

            var reaped = changing.steps.reap();

            assertThat(reaped.toSend()).isEmpty();
            assertThat(reaped.closed()).containsExactly(new StageClosed(run, 0));
            assertThat(changing.runs.finalResults(run)).singleElement().satisfies(result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(result.cause()).startsWith("LOST: worker local");
            });
        }
    }

    @Test
    void endsTheOpenStepsOfARunThatIsStopped() {
        var run = lab.started();
        lab.steps.take(lab.captured(step(run, "capture-01")));

        assertThat(lab.steps.abandon(run, "CANCELLED", "somebody stopped it")).containsExactly(new StageClosed(run, 0));
        lab.steps.take(lab.captured(step(run, "capture-02")));

        assertThat(lab.runs.finalResults(run))
                .extracting(result -> result.outcome())
                .containsExactly(Outcome.OK, Outcome.FAILED);
    }

    @Test
    void remembersStagesWhoseMessageWasLost() {
        var run = lab.started();
        lab.steps.take(lab.captured(step(run, "capture-01")));
        lab.steps.take(lab.captured(step(run, "capture-02")));

        lab.clock.pass(Duration.ofMinutes(1));

        assertThat(lab.steps.forgotten(lab.clock.instant().minusSeconds(30))).containsExactly(new StageClosed(run, 0));
        lab.stages.open(new StageClosed(run, 0), RunsLab.MESSAGE);
        assertThat(lab.steps.forgotten(lab.clock.instant().minusSeconds(30))).isEmpty();
    }

    private void claim(String run, String step, int attempt) {
        lab.steps.claim(
                new Claim(run, step, attempt, "local", lab.clock.instant().plusSeconds(15)));
    }

    private static Step step(String run, String id) {
        return RunsLab.step(run, id, id.equals("capture-01") ? "share:a" : "share:b", Action.CAPTURE);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.step.Action;
import io.poolkeeper.step.Claim;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StagesTest {
    private final RunsLab lab = new RunsLab(RunsLab::captureAndPublish);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void writesWhatIsExpectedBeforeTheFirstStepGoesOut() {
        var run = lab.runs.accept(lab.request("k")).run();

        assertThat(lab.runs.find(run).orElseThrow().expected()).isNull();
        var opening = lab.stages.open(new StageClosed(run, -1), RunsLab.MESSAGE);

        assertThat(lab.runs.find(run).orElseThrow().expected()).isEqualTo(2);
        assertThat(opening.steps()).hasSize(2);
    }

    @Test
    void opensAStageOnceAndGivesOutAgainOnlyWhatNobodyHasTaken() {
        var run = lab.started();
        lab.steps.claim(
                new Claim(run, "capture-01", 1, "local", lab.clock.instant().plusSeconds(15)));

        assertThat(lab.stages.open(new StageClosed(run, -1), RunsLab.MESSAGE).steps())
                .extracting(step -> step.step())
                .containsExactly("capture-02");
    }

    @Test
    void givesNothingToAnotherMessageBecauseTheStepsOfTheFirstAreInTheQueues() {
        var run = lab.started();

        assertThat(lab.stages.open(new StageClosed(run, -1), "ID:broker-2"))
                .isEqualTo(new Opening(run, List.of(), false));
    }

    @Test
    void givesOutAgainWhatFollowsAStageWithoutSteps() {
        try (var gap = new RunsLab((number, run, results) -> switch (number) {
            case 0 -> Optional.of(Course.StagePlan.of("empty", List.of()));
            case 1 ->
                Optional.of(
                        Course.StagePlan.of("full", List.of(RunsLab.step(run.id(), "s", "share:a", Action.CAPTURE))));
            default -> Optional.empty();
        })) {
            var run = gap.started();

            assertThat(gap.stages
                            .open(new StageClosed(run, -1), RunsLab.MESSAGE)
                            .steps())
                    .hasSize(1);
        }
    }

    @Test
    void concludesAgainARunThatIsThroughAfterAStageWithoutSteps() {
        try (var empty = new RunsLab((number, run, results) ->
                number == 0 ? Optional.of(Course.StagePlan.of("empty", List.of())) : Optional.empty())) {
            var run = empty.started();

            assertThat(empty.stages
                            .open(new StageClosed(run, -1), RunsLab.MESSAGE)
                            .conclude())
                    .isTrue();
        }
    }

    @Test
    void skipsAStageWithoutSteps() {
        try (var gap = new RunsLab((number, run, results) -> switch (number) {
            case 0 -> Optional.of(Course.StagePlan.of("empty", List.of()));
            case 1 ->
                Optional.of(
                        Course.StagePlan.of("full", List.of(RunsLab.step(run.id(), "s", "share:a", Action.CAPTURE))));
            default -> Optional.empty();
        })) {
            var run = gap.runs.accept(gap.request("k")).run();

            assertThat(gap.stages
                            .open(new StageClosed(run, -1), RunsLab.MESSAGE)
                            .steps())
                    .hasSize(1);
        }
    }

    @Test
    void concludesARunThatIsThrough() {
        var run = lab.started();

        assertThat(lab.stages.open(new StageClosed(run, 0), RunsLab.MESSAGE).steps())
                .hasSize(1);
        assertThat(lab.stages.open(new StageClosed(run, 1), RunsLab.MESSAGE).conclude())
                .isTrue();
    }

    @Test
    void concludesACancelledRunInsteadOfOpeningItsNextStage() {
        var run = lab.started();
        lab.runs.cancel(run);

        assertThat(lab.stages.open(new StageClosed(run, 0), RunsLab.MESSAGE))
                .isEqualTo(new Opening(run, List.of(), true));
    }

    @Test
    void concludesARunThatCannotBePlannedWithTheReason() {
        try (var broken = new RunsLab((number, run, results) -> {
            throw new Course.CannotPlan("there is no part x");
        })) {
            var run = broken.runs.accept(broken.request("k")).run();

            assertThat(broken.stages
                            .open(new StageClosed(run, -1), RunsLab.MESSAGE)
                            .conclude())
                    .isTrue();
            assertThat(broken.runs.find(run).orElseThrow().failure()).isEqualTo("there is no part x");
        }
    }

    @Test
    void answersAKnownKeyWithItsRunAndRefusesASecondRunOfThePlan() {
        var first = lab.runs.accept(lab.request("key"));

        assertThat(lab.runs.accept(lab.request("key"))).isEqualTo(new Accepted.Known(first.run()));
        assertThat(lab.runs.accept(lab.request("other"))).isInstanceOf(Accepted.Refused.class);
        lab.runs.close(first.run(), ExitCode.OK, "{}", java.util.Map.of());
        assertThat(lab.runs.accept(lab.request("other"))).isInstanceOf(Accepted.Started.class);
        assertThat(lab.runs.accept(lab.request("key"))).isEqualTo(new Accepted.Known(first.run()));
    }

    @Test
    void closesARunTogetherWithItsNewsAndOnce() {
        var outbox = new Outbox(lab.store, lab.clock);
        var run = lab.started();

        assertThat(lab.runs.close(run, ExitCode.OK, "{}", java.util.Map.of("email", "{}")))
                .isTrue();
        assertThat(lab.runs.close(run, ExitCode.PARTIAL, "{}", java.util.Map.of("email", "{}")))
                .isFalse();

        assertThat(outbox.due()).hasSize(1);
        assertThat(lab.runs.find(run).orElseThrow().exit()).isZero();
    }
}

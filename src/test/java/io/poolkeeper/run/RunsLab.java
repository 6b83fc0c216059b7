// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.schema.Json;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Effect;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A run store in memory, a clock that a test moves, and a course of one stage after the other. */
final class RunsLab implements AutoCloseable {
    final RunStore store;
    final TestClock clock = new TestClock();
    final Runs runs;
    final Steps steps;
    final Stages stages;

    /** Stage number to its steps. */
    RunsLab(Course course) {
        this(course, RunStore.inMemory(UUID.randomUUID().toString()));
    }

    /** With a store of the test's own. */
    RunsLab(Course course, RunStore store) {
        this.store = store;
        runs = new Runs(store, clock);
        steps = new Steps(store, clock, Duration.ofSeconds(5), Duration.ofSeconds(15));
        stages = new Stages(store, clock, Map.of("backup", course));
    }

    static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T23:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Two captures, then one publish. */
    static Optional<Course.StagePlan> captureAndPublish(int number, Run run, List<StepResult> results) {
        return switch (number) {
            case 0 ->
                Optional.of(new Course.StagePlan(
                        "capture",
                        Optional.of(List.of(expectation("share:a"), expectation("share:b"))),
                        List.of(
                                step(run.id(), "capture-01", "share:a", Action.CAPTURE),
                                step(run.id(), "capture-02", "share:b", Action.CAPTURE))));
            case 1 ->
                Optional.of(
                        Course.StagePlan.of("publish", List.of(step(run.id(), "publish", "set:x", Action.PUBLISH))));
            default -> Optional.empty();
        };
    }

    static Expectation expectation(String part) {
        return expectation(part, Disposition.REQUIRED);
    }

    static Expectation expectation(String part, Disposition disposition) {
        return new Expectation(
                PartId.parse(part), disposition, Method.ARCHIVE, "role", "a reason", "local", null, null, List.of());
    }

    static Step step(String run, String id, String part, Action action) {
        return step(run, id, part, action, action.effect());
    }

    static Step step(String run, String id, String part, Action action, Effect effect) {
        return new Step(
                run,
                id,
                1,
                PartId.parse(part),
                action,
                Method.ARCHIVE,
                effect,
                "local",
                "a-set",
                null,
                Level.FULL,
                Depth.CONTENT,
                false,
                Instant.parse("2026-11-24T23:00:00Z"),
                "0".repeat(64));
    }

    Request request(String key) {
        return new Request(
                "backup",
                "nightly",
                Level.FULL,
                "cli",
                key,
                "a test",
                List.of(),
                null,
                Depth.CONTENT,
                false,
                null,
                clock.instant(),
                Duration.ofHours(3));
    }

    /** The id of the message that opens stages here. */
    static final String MESSAGE = "ID:broker-1";

    /** A run whose first stage is open. */
    String started() {
        var run = runs.accept(request(UUID.randomUUID().toString())).run();
        stages.open(new StageClosed(run, -1), RunsLab.MESSAGE);
        return run;
    }

    StepResult captured(Step step) {
        var output = new Output.Captured(
                List.of(new Output.Artefact("shares/x/full-0001.zip", 10, "0".repeat(64))),
                Json.node(Map.of()),
                Map.of(),
                Level.FULL,
                null,
                List.of());
        return StepResult.done(step, "local", output, clock.instant(), clock.instant());
    }

    StepResult answer(Step step, Outcome outcome, boolean again) {
        return new StepResult(
                step.run(),
                step.step(),
                step.attempt(),
                "local",
                step.part(),
                outcome,
                "a cause",
                "a hint",
                again,
                null,
                clock.instant(),
                clock.instant());
    }

    @Override
    public void close() {
        store.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.step.Action;
import io.poolkeeper.step.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
    private static final long LARGEST = 1 << 20;
    private static final int MANY = 30;

    @TempDir
    Path folder;

    @Test
    void givesBackOnCloseWhatItsFileGrewBy() throws IOException {
        for (var life = 0; life < 3; life++) {
            try (var lab = new RunsLab(RunsLab::captureAndPublish, RunStore.open(folder))) {
                var run = lab.started();
                for (var beat = 0; beat < 150; beat++) {
                    lab.steps.claim(new Claim(
                            run, "capture-01", 1, "local", lab.clock.instant().plusSeconds(beat)));
                }
                assertThat(size()).isGreaterThan(LARGEST);
            }
            assertThat(size()).isLessThan(LARGEST);
        }
    }

    @Test
    void keepsWhatItHeldWhenItIsOpenedAgain() {
        String run;
        try (var lab = new RunsLab(RunsLab::captureAndPublish, RunStore.open(folder))) {
            run = lab.started();
        }

        try (var lab = new RunsLab(RunsLab::captureAndPublish, RunStore.open(folder))) {
            assertThat(lab.runs.open()).extracting(Run::id).containsExactly(run);
            assertThat(lab.steps.open(run)).hasSize(2);
        }
    }

    /** Claims and results cross, and are taken side by side, as the consumers of the coordinator take them. */
    @RepeatedTest(2)
    void closesAStageOnceHoweverManyOfItsResultsComeAtTheSameMoment() throws Exception {
        Course course = (number, run, results) -> number == 0
                ? Optional.of(Course.StagePlan.of(
                        "capture",
                        IntStream.range(0, MANY)
                                .mapToObj(i -> RunsLab.step(run.id(), "capture-" + i, "share:s" + i, Action.CAPTURE))
                                .toList()))
                : Optional.empty();
        try (var lab = new RunsLab(course, RunStore.open(folder))) {
            var run = lab.started();
            var calls = new ArrayList<Callable<Optional<StageClosed>>>();
            for (var i = 0; i < MANY; i++) {
                var step = RunsLab.step(run, "capture-" + i, "share:s" + i, Action.CAPTURE);
                var claim = new Claim(
                        run, step.step(), 1, "local", lab.clock.instant().plusSeconds(15));
                var result = lab.captured(step);
                calls.add(() -> lab.steps.take(result));
                calls.add(() -> {
                    lab.steps.claim(claim);
                    return Optional.empty();
                });
                calls.add(() -> lab.steps.take(result));
            }
            Collections.shuffle(calls);

            var closed = new ArrayList<StageClosed>();
            var pool = Executors.newFixedThreadPool(4);
            try {
                for (var answer : pool.invokeAll(calls)) {
                    answer.get().ifPresent(closed::add);
                }
            } finally {
                pool.shutdown();
            }

            assertThat(closed).containsExactly(new StageClosed(run, 0));
            assertThat(lab.runs.finalResults(run)).hasSize(MANY);
            assertThat(lab.steps.open(run)).isEmpty();
        }
    }

    private long size() throws IOException {
        return Files.size(folder.resolve("runs.mv.db"));
    }
}

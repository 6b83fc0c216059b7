// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.schema.Json;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
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

    @Test
    void knowsWhoseTheStepsOfAnEarlierReleaseAre() throws SQLException {
        var url = "jdbc:h2:file:" + folder.resolve("runs");
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:db/migration")
                .target("4")
                .load()
                .migrate();
        var step = RunsLab.step("r1", "capture-01", "share:a", Action.CAPTURE);
        try (var connection = DriverManager.getConnection(url)) {
            Rows.update(
                    connection,
                    "INSERT INTO run (id, kind, plan, level, source, trigger_key, requested_by, request, created, due_by)"
                            + " VALUES ('r1', 'backup', 'nightly', 'full', 'cli', 'k', 'somebody', '{}', NOW(), NOW())");
            Rows.update(connection, "INSERT INTO stage (run_id, no, name, opened) VALUES ('r1', 0, 'capture', NOW())");
            Rows.update(
                    connection,
                    "INSERT INTO step (run_id, id, stage_no, attempt, definition, sent) VALUES ('r1', 'capture-01', 0, 1, ?, NOW())",
                    Json.line(step));
        }

        try (var lab = new RunsLab(RunsLab::captureAndPublish, RunStore.open(folder))) {
            var lease = lab.clock.instant().plusSeconds(15);
            lab.steps.claim(new Claim("r1", "capture-01", 1, step.worker(), lease));

            assertThat(lab.steps.open("r1")).extracting(Steps.OpenStep::worker).containsExactly(step.worker());
            assertThatThrownBy(() -> lab.steps.claim(new Claim("r1", "capture-01", 1, "other", lease)))
                    .hasMessageContaining("was given to worker " + step.worker() + ", not to other");
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

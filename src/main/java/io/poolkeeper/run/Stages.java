// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.plan.Expectation;
import io.poolkeeper.schema.Json;
import io.poolkeeper.step.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Opens one stage after the other. Safe to be told twice: a stage is opened once. If the message that opened it is delivered
 * again, what it sent was rolled back, and it gets the steps that nobody has taken yet. Another message gets nothing: the steps
 * of the first are in the queues, and sent once more they would be done twice.
 */
public final class Stages {
    private final RunStore store;
    private final Clock clock;
    private final Map<String, Course> courses;

    /**
     * Stages of a store's runs.
     *
     * @param courses by kind of run
     */
    public Stages(RunStore store, Clock clock, Map<String, Course> courses) {
        this.store = store;
        this.clock = clock;
        this.courses = Map.copyOf(courses);
    }

    /**
     * Opens what follows a closed stage. Durable before it returns.
     *
     * @param message the id that the message has, however often it is delivered
     */
    public Opening open(StageClosed closed, String message) {
        return store.durably(connection -> {
            Rows.list(connection, "SELECT id FROM run WHERE id = ? FOR UPDATE", row -> row.getString(1), closed.run());
            var run = Runs.find(connection, closed.run());
            if (run.isEmpty() || run.get().isClosed()) {
                return Opening.nothing(closed.run());
            }
            return next(connection, run.get(), closed.stage() + 1, message);
        });
    }

    private Opening next(Connection connection, Run run, int number, String message) throws SQLException {
        if (isOpened(connection, run.id(), number)) {
            return hasSteps(connection, run.id(), number)
                    ? new Opening(run.id(), untaken(connection, run.id(), number, message), false)
                    : next(connection, run, number + 1, message);
        }
        if (run.cancelled() != null || run.failure() != null) {
            return new Opening(run.id(), List.of(), true);
        }
        var course = courses.get(run.request().kind());
        if (course == null) {
            return failed(
                    connection,
                    run,
                    "there is no such kind of run: " + run.request().kind());
        }
        try {
            var stage = course.stage(number, run, Runs.finalResults(connection, run.id()));
            if (stage.isEmpty()) {
                return new Opening(run.id(), List.of(), true);
            }
            return opened(connection, run, number, stage.get(), message);
        } catch (Course.CannotPlan e) {
            return failed(connection, run, String.valueOf(e.getMessage()));
        }
    }

    private static Opening failed(Connection connection, Run run, String why) throws SQLException {
        Runs.fail(connection, run.id(), why, ExitCode.NOT_STARTED);
        return new Opening(run.id(), List.of(), true);
    }

    private static boolean isOpened(Connection connection, String run, int number) throws SQLException {
        return Rows.first(
                        connection,
                        "SELECT no FROM stage WHERE run_id = ? AND no = ?",
                        row -> row.getInt(1),
                        run,
                        number)
                .isPresent();
    }

    private static boolean hasSteps(Connection connection, String run, int number) throws SQLException {
        return Rows.first(
                        connection,
                        "SELECT id FROM step WHERE run_id = ? AND stage_no = ? FETCH FIRST 1 ROWS ONLY",
                        row -> row.getString(1),
                        run,
                        number)
                .isPresent();
    }

    private static List<Step> untaken(Connection connection, String run, int number, String message)
            throws SQLException {
        return Rows.list(
                connection,
                "SELECT s.definition FROM step s JOIN stage g ON g.run_id = s.run_id AND g.no = s.stage_no"
                        + " WHERE s.run_id = ? AND s.stage_no = ? AND g.opened_by = ?"
                        + " AND s.closed IS NULL AND s.worker IS NULL AND s.attempt = 1 AND s.lease_until IS NULL",
                row -> Json.read(row.getString(1), Step.class),
                run,
                number,
                message);
    }

    private Opening opened(Connection connection, Run run, int number, Course.StagePlan stage, String message)
            throws SQLException {
        var now = clock.instant();
        if (stage.expectations().isPresent()) {
            expect(connection, run, stage.expectations().get());
        }
        Rows.update(
                connection,
                "INSERT INTO stage (run_id, no, name, opened, opened_by) VALUES (?, ?, ?, ?, ?)",
                run.id(),
                number,
                stage.name(),
                now,
                message);
        for (var step : stage.steps()) {
            Rows.update(
                    connection,
                    "INSERT INTO step (run_id, id, stage_no, attempt, given_to, definition, sent) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    run.id(),
                    step.step(),
                    number,
                    step.attempt(),
                    step.worker(),
                    Json.line(step),
                    now);
        }
        if (stage.steps().isEmpty()) {
            Rows.update(connection, "UPDATE stage SET closed = ? WHERE run_id = ? AND no = ?", now, run.id(), number);
            return next(connection, Runs.find(connection, run.id()).orElseThrow(), number + 1, message);
        }
        return new Opening(run.id(), stage.steps(), false);
    }

    private static void expect(Connection connection, Run run, List<Expectation> expectations) throws SQLException {
        var ordinal = 0;
        for (var expectation : expectations) {
            Rows.update(
                    connection,
                    "INSERT INTO part (run_id, part, ordinal, expectation) VALUES (?, ?, ?, ?)",
                    run.id(),
                    expectation.part().toString(),
                    ordinal++,
                    Json.line(expectation));
        }
        var expected = expectations.stream()
                .filter(expectation -> expectation.disposition().expected())
                .count();
        Rows.update(connection, "UPDATE run SET expected = ? WHERE id = ?", (int) expected, run.id());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.plan.Expectation;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs as a whole: accepted, looked up, cancelled, closed. Thread-safe. */
public final class Runs {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RunStore store;
    private final Clock clock;

    /** Runs of a store. */
    public Runs(RunStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Accepts a request once: a known key answers the run that it started. A second run of a plan is refused while one is
     * going on; but a run of one share, because it changed, keeps nothing but its like from starting. Durable before it returns.
     */
    public Accepted accept(Request request) {
        return store.durably(connection -> {
            var known = Rows.first(
                    connection, "SELECT id FROM run WHERE trigger_key = ?", row -> row.getString(1), request.key());
            if (known.isPresent()) {
                return new Accepted.Known(known.get());
            }
            var going = Rows.first(
                    connection,
                    "SELECT id FROM run WHERE closed IS NULL AND plan = ? AND kind = ? AND (source <> ? OR source = ?) ORDER BY created",
                    row -> row.getString(1),
                    request.plan(),
                    request.kind(),
                    ChangeRuns.SOURCE,
                    request.source());
            return going.isPresent()
                    ? new Accepted.Refused(
                            going.get(), "run " + going.get() + " of plan " + request.plan() + " is going on")
                    : new Accepted.Started(insert(connection, request));
        });
    }

    private String insert(Connection connection, Request request) throws SQLException {
        var now = clock.instant();
        var id = Vault.stamp(now) + "-" + request.plan() + "-"
                + String.format(Locale.ROOT, "%04x", RANDOM.nextInt(0x10000));
        Rows.update(
                connection,
                "INSERT INTO run (id, kind, plan, level, source, trigger_key, requested_by, set_id, request, created, due_by)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                request.kind(),
                request.plan(),
                request.level().word(),
                request.source(),
                request.key(),
                request.requestedBy(),
                request.kind().equals("backup") ? id : request.set(),
                Json.line(request),
                now,
                request.due().plus(request.deadline()));
        return id;
    }

    /** One run. */
    public Optional<Run> find(String id) {
        return store.quickly(connection -> find(connection, id));
    }

    static Optional<Run> find(Connection connection, String id) throws SQLException {
        return Rows.first(connection, "SELECT " + Run.COLUMNS + " FROM run WHERE id = ?", Run::read, id);
    }

    /** Runs without a final outcome, oldest first. */
    public List<Run> open() {
        return store.quickly(connection -> Rows.list(
                connection, "SELECT " + Run.COLUMNS + " FROM run WHERE closed IS NULL ORDER BY created", Run::read));
    }

    /** The newest runs, newest first. */
    public List<Run> recent(int most) {
        return store.quickly(connection -> Rows.list(
                connection,
                "SELECT " + Run.COLUMNS + " FROM run ORDER BY created DESC FETCH FIRST ? ROWS ONLY",
                Run::read,
                most));
    }

    /** The newest closed run of a plan before a run, if there is one; runs that a change started are compared among themselves. */
    public Optional<Run> before(Run run) {
        return store.quickly(connection -> Rows.first(
                connection,
                "SELECT " + Run.COLUMNS
                        + " FROM run WHERE plan = ? AND closed IS NOT NULL AND created < ?"
                        + " AND CASE WHEN source = ? THEN 1 ELSE 0 END = ? ORDER BY created DESC FETCH FIRST 1 ROWS ONLY",
                Run::read,
                run.request().plan(),
                run.created(),
                ChangeRuns.SOURCE,
                run.request().source().equals(ChangeRuns.SOURCE) ? 1 : 0));
    }

    /** What a run is held to, in order. */
    public List<Expectation> expectations(String run) {
        return store.quickly(connection -> Rows.list(
                connection,
                "SELECT expectation FROM part WHERE run_id = ? ORDER BY ordinal",
                row -> Json.read(row.getString(1), Expectation.class),
                run));
    }

    /** The results that closed steps, in the order of their arrival. */
    public List<StepResult> finalResults(String run) {
        return store.quickly(connection -> finalResults(connection, run));
    }

    static List<StepResult> finalResults(Connection connection, String run) throws SQLException {
        return Rows.list(
                connection,
                "SELECT result FROM result WHERE run_id = ? AND final_one ORDER BY received",
                row -> Json.read(row.getString(1), StepResult.class),
                run);
    }

    /** The stages that were opened, in their order. */
    public List<RunStatus.Stage> stages(String run) {
        return store.quickly(connection -> Rows.list(
                connection,
                "SELECT name, opened, closed FROM stage WHERE run_id = ? ORDER BY no",
                row -> new RunStatus.Stage(
                        row.getString("name"), Rows.requiredInstant(row, "opened"), Rows.instant(row, "closed")),
                run));
    }

    /** The set that a step looks at, if it looks at one. */
    public Optional<String> setOfStep(String run, String step) {
        return store.quickly(connection -> Rows.first(
                        connection,
                        "SELECT definition FROM step WHERE run_id = ? AND id = ?",
                        row -> Json.read(row.getString(1), Step.class),
                        run,
                        step)
                .flatMap(definition -> Optional.ofNullable(definition.set())));
    }

    /** Notes that a run cannot go on; its first such failure counts. */
    public void fail(String id, String why, ExitCode exit) {
        store.durably(connection -> fail(connection, id, why, exit));
    }

    static int fail(Connection connection, String id, String why, ExitCode exit) throws SQLException {
        return Rows.update(
                connection,
                "UPDATE run SET failure = ?, failure_exit = ? WHERE id = ? AND failure IS NULL AND closed IS NULL",
                why.substring(0, Math.min(why.length(), 4000)),
                exit.code(),
                id);
    }

    /** Notes that somebody stopped a run; false if there is no such run without a final outcome. */
    public boolean cancel(String id) {
        return store.durably(connection -> Rows.update(
                        connection,
                        "UPDATE run SET cancelled = COALESCE(cancelled, ?) WHERE id = ? AND closed IS NULL",
                        clock.instant(),
                        id)
                == 1);
    }

    /**
     * Gives a run its final outcome and puts its news into the outbox, both or neither; false if it has one already.
     *
     * @param news channel to message
     */
    public boolean close(String id, ExitCode exit, String summary, Map<String, String> news) {
        return store.durably(connection -> {
            var now = clock.instant();
            if (!close(connection, id, exit, summary, now)) {
                return false;
            }
            for (var message : news.entrySet()) {
                Outbox.add(connection, id, message.getKey(), message.getValue(), now);
            }
            return true;
        });
    }

    static boolean close(Connection connection, String id, ExitCode exit, @Nullable String summary, Instant now)
            throws SQLException {
        return Rows.update(
                        connection,
                        "UPDATE run SET closed = ?, exit_code = ?, summary = ? WHERE id = ? AND closed IS NULL",
                        now,
                        exit.code(),
                        summary,
                        id)
                == 1;
    }

    /** Forgets runs that were closed before an instant. */
    public int forget(Instant before) {
        return store.quickly(connection -> {
            for (var table : List.of("result", "step", "stage", "part")) {
                Rows.update(
                        connection,
                        "DELETE FROM " + table + " WHERE run_id IN (SELECT id FROM run WHERE closed < ?)",
                        before);
            }
            Rows.update(
                    connection,
                    "DELETE FROM outbox WHERE created < ? AND (sent IS NOT NULL OR given_up IS NOT NULL)",
                    before);
            return Rows.update(connection, "DELETE FROM run WHERE closed < ?", before);
        });
    }
}

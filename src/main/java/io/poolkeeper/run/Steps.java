// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.Json;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Effect;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are out: claimed, kept alive, answered, lost. The first result of a step wins; a stage is closed by the
 * transaction that closes its last step, and by that one alone.
 */
public final class Steps {
    /** How often a step that reads or captures is sent at most. */
    public static final int MOST_ATTEMPTS = 3;

    /** How long a message may be about to be sent before another one takes its place. */
    static final Duration SENDING = Duration.ofSeconds(30);

    private final RunStore store;
    private final Clock clock;
    private final Duration pause;
    private final Duration lease;

    /**
     * Steps of a store.
     *
     * @param pause how long to wait before a step whose fault was a passing one is sent again
     * @param lease how long a worker may be silent
     */
    public Steps(RunStore store, Clock clock, Duration pause, Duration lease) {
        this.store = store;
        this.clock = clock;
        this.pause = pause;
        this.lease = lease;
    }

    /** A message about a step that this store does not know, or knows as another worker's. */
    public static final class UnknownStep extends RuntimeException {
        UnknownStep(String message) {
            super(message);
        }
    }

    private record Row(
            String run,
            String id,
            int stage,
            int attempt,
            String givenTo,
            String text,
            @Nullable Instant lease,
            @Nullable String worker,
            boolean closed,
            boolean sending) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("run_id"),
                    row.getString("id"),
                    row.getInt("stage_no"),
                    row.getInt("attempt"),
                    row.getString("given_to"),
                    row.getString("definition"),
                    Rows.instant(row, "lease_until"),
                    row.getString("worker"),
                    row.getObject("closed") != null,
                    row.getBoolean("sending"));
        }

        /** Read when it is asked for: what becomes of most results does not depend on it. */
        Step definition() {
            return Json.read(text, Step.class);
        }
    }

    private static final String COLUMNS =
            "run_id, id, stage_no, attempt, given_to, definition, lease_until, worker, closed, sending";

    /** Steps of runs that are over are kept for weeks; nobody waits for them, and they are not looked through. */
    private static final String OPEN = "run_id IN (SELECT id FROM run WHERE closed IS NULL) AND closed IS NULL";

    /**
     * Notes who has taken a step. Durable before it returns: of a step that is in no queue any more nobody else would know. A
     * claim of an attempt that is not the current one changes nothing.
     *
     * @throws UnknownStep if there is no such step, or it was given to another worker
     */
    public void claim(Claim claim) {
        store.durably(connection -> {
            var claimed = Rows.update(
                    connection,
                    "UPDATE step SET worker = ?, lease_until = ? WHERE run_id = ? AND id = ? AND attempt = ? AND given_to = ?"
                            + " AND closed IS NULL",
                    claim.worker(),
                    claim.leaseUntil(),
                    claim.run(),
                    claim.step(),
                    claim.attempt(),
                    claim.worker());
            if (claimed == 0) {
                requireOf(find(connection, claim.run(), claim.step()), claim.worker());
            }
            return claimed;
        });
    }

    /**
     * When the coordinator is there again: nobody could be heard while it was away, so each worker that has a step gets a new
     * lease in which to be heard. The coordinator's own worker died with it and will not be heard; a result that it sent before
     * gets this long to be taken.
     *
     * @param own name of the coordinator's own worker
     */
    public void resume(String own, Duration heartbeat) {
        var now = clock.instant();
        store.durably(connection -> {
            grant(connection, "<>", own, now.plus(lease));
            grant(connection, "=", own, now.plus(heartbeat));
            return own;
        });
    }

    private static void grant(Connection connection, String comparison, String worker, Instant until)
            throws SQLException {
        Rows.update(
                connection,
                "UPDATE step SET lease_until = ? WHERE " + OPEN + " AND worker " + comparison + " ?",
                until,
                worker);
    }

    /** Notes a sign of life; nothing happens if the step is not this worker's any more. */
    public void alive(Claim sign) {
        var now = clock.instant();
        var fresh = now.plus(
                Duration.between(now, sign.leaseUntil()).multipliedBy(2).dividedBy(3));
        // signs come every second; a lease that is still fresh is not written again, because the store only ever grows
        store.quickly(connection -> Rows.update(
                connection,
                "UPDATE step SET lease_until = ? WHERE run_id = ? AND id = ? AND attempt = ? AND worker = ? AND closed IS NULL"
                        + " AND (lease_until IS NULL OR lease_until < ?)",
                sign.leaseUntil(),
                sign.run(),
                sign.step(),
                sign.attempt(),
                sign.worker(),
                fresh));
    }

    /**
     * Takes a result. Durable before it returns.
     *
     * @return the stage, if this result closed it
     * @throws UnknownStep if there is no such step, or it was given to another worker
     */
    public Optional<StageClosed> take(StepResult result) {
        return take(result, false);
    }

    /**
     * Takes a result that may have come before: if it was noted then, but the program died before it told that this closed the
     * stage, it tells so now.
     *
     * @param redelivered what the broker says; null if it says nothing
     */
    public Optional<StageClosed> take(StepResult result, @Nullable Boolean redelivered) {
        return store.durably(connection -> {
            var step = require(connection, result.run(), result.step());
            requireOf(step, result.worker());
            if (isKnown(connection, result)) {
                return Boolean.TRUE.equals(redelivered) ? untold(connection, result) : Optional.empty();
            }
            return take(connection, step, result);
        });
    }

    private static Optional<StageClosed> untold(Connection connection, StepResult result) throws SQLException {
        return Rows.first(
                connection,
                "SELECT s.run_id, s.no FROM step t JOIN stage s ON s.run_id = t.run_id AND s.no = t.stage_no"
                        + " JOIN run r ON r.id = s.run_id"
                        + " WHERE t.run_id = ? AND t.id = ? AND r.closed IS NULL AND s.closed IS NOT NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM stage n WHERE n.run_id = s.run_id AND n.no = s.no + 1)",
                row -> new StageClosed(row.getString(1), row.getInt(2)),
                result.run(),
                result.step());
    }

    private static void requireOf(Row step, String worker) {
        if (!step.givenTo().equals(worker)) {
            throw new UnknownStep("step " + step.id() + " of run " + step.run() + " was given to worker "
                    + step.givenTo() + ", not to " + worker);
        }
    }

    /** Takes what the coordinator itself answers for a step. */
    private Optional<StageClosed> answer(Connection connection, StepResult result) throws SQLException {
        var step = require(connection, result.run(), result.step());
        return isKnown(connection, result) ? Optional.empty() : take(connection, step, result);
    }

    private Optional<StageClosed> take(Connection connection, Row step, StepResult result) throws SQLException {
        var again = mayTryAgain(step, result);
        insert(connection, result, step.closed(), !step.closed() && !again);
        if (step.closed()) {
            return Optional.empty();
        }
        if (again) {
            schedule(connection, step, clock.instant().plus(pause));
            return Optional.empty();
        }
        return close(connection, step);
    }

    private static boolean isKnown(Connection connection, StepResult result) throws SQLException {
        return Rows.first(
                        connection,
                        "SELECT attempt FROM result WHERE run_id = ? AND step_id = ? AND attempt = ?",
                        row -> row.getInt(1),
                        result.run(),
                        result.step(),
                        result.attempt())
                .isPresent();
    }

    private static boolean mayTryAgain(Row step, StepResult result) {
        return result.again()
                && result.attempt() == step.attempt()
                && step.attempt() < MOST_ATTEMPTS
                && step.definition().effect() != Effect.CHANGES;
    }

    private void insert(Connection connection, StepResult result, boolean late, boolean isFinal) throws SQLException {
        Rows.update(
                connection,
                "INSERT INTO result (run_id, step_id, attempt, received, late, final_one, result) VALUES (?, ?, ?, ?, ?, ?, ?)",
                result.run(),
                result.step(),
                result.attempt(),
                clock.instant(),
                late,
                isFinal,
                Json.line(result));
    }

    /** The next attempt, not yet sent: a lease without a worker says when it is due. */
    private void schedule(Connection connection, Row step, Instant due) throws SQLException {
        var next = step.definition().next();
        Rows.update(
                connection,
                "UPDATE step SET attempt = ?, definition = ?, worker = NULL, lease_until = ?, sending = FALSE WHERE run_id = ? AND id = ?",
                next.attempt(),
                Json.line(next),
                due,
                step.run(),
                step.id());
    }

    private Optional<StageClosed> close(Connection connection, Row step) throws SQLException {
        var now = clock.instant();
        Rows.update(connection, "UPDATE step SET closed = ? WHERE run_id = ? AND id = ?", now, step.run(), step.id());
        var open = Rows.first(
                connection,
                "SELECT id FROM step WHERE run_id = ? AND stage_no = ? AND closed IS NULL FETCH FIRST 1 ROWS ONLY",
                row -> row.getString(1),
                step.run(),
                step.stage());
        if (open.isPresent()) {
            return Optional.empty();
        }
        var closed = Rows.update(
                connection,
                "UPDATE stage SET closed = ? WHERE run_id = ? AND no = ? AND closed IS NULL",
                now,
                step.run(),
                step.stage());
        return closed == 1 ? Optional.of(new StageClosed(step.run(), step.stage())) : Optional.empty();
    }

    /**
     * Locks the step's stage, so that two results cannot both believe that the other one's step is still open. By an UPDATE that
     * changes nothing: H2 keeps its plan, while SELECT FOR UPDATE is parsed anew each time.
     */
    private static Row require(Connection connection, String run, String step) throws SQLException {
        Rows.update(
                connection,
                "UPDATE stage SET name = name WHERE run_id = ? AND no = (SELECT stage_no FROM step WHERE run_id = ? AND id = ?)",
                run,
                run,
                step);
        return find(connection, run, step);
    }

    private static Row find(Connection connection, String run, String step) throws SQLException {
        return Rows.first(
                        connection,
                        "SELECT " + COLUMNS + " FROM step WHERE run_id = ? AND id = ?",
                        Row::read,
                        run,
                        step)
                .orElseThrow(() -> new UnknownStep("nobody asked for step " + step + " of run " + run));
    }

    /**
     * What the reaper found.
     *
     * @param toSend attempts that are due; each is to be followed by {@link #sent} or {@link #unsent}
     * @param closed stages that were closed because nothing more can be done for their last step
     */
    public record Reaped(List<Step> toSend, List<StageClosed> closed) {}

    /**
     * Looks for steps whose lease ran out: those that read or capture get another attempt, those that change something are
     * FAILED as LOST, because nobody knows how far they came. And for attempts whose pause is over.
     *
     * <p>An attempt stays due until its message is known to be with the broker. One of which nobody said so, because the program
     * was killed just then, may be there or not: the next attempt takes its place.
     */
    public Reaped reap() {
        return store.durably(connection -> {
            var toSend = new ArrayList<Step>();
            var closed = new ArrayList<StageClosed>();
            shorten(connection);
            for (var found : due(connection)) {
                var step = require(connection, found.run(), found.id());
                if (!isDue(step)) {
                    continue; // its result came just now
                }
                if (step.worker() == null && !step.sending()) {
                    toSend.add(send(connection, step));
                } else if (step.worker() != null
                        && (step.definition().effect() == Effect.CHANGES || step.attempt() >= MOST_ATTEMPTS)) {
                    answer(connection, lost(step)).ifPresent(closed::add);
                } else {
                    schedule(connection, step, clock.instant());
                    toSend.add(send(connection, find(connection, step.run(), step.id())));
                }
            }
            return new Reaped(toSend, closed);
        });
    }

    /** A lease that ends later than one that is given now: the clock was set back, and it would seem fresh for as long. */
    private void shorten(Connection connection) throws SQLException {
        var until = clock.instant().plus(lease);
        Rows.update(
                connection,
                "UPDATE step SET lease_until = ? WHERE " + OPEN + " AND worker IS NOT NULL AND lease_until > ?",
                until,
                until);
        var due = clock.instant().plus(SENDING);
        Rows.update(
                connection,
                "UPDATE step SET lease_until = ? WHERE " + OPEN + " AND worker IS NULL AND lease_until > ?",
                due,
                due);
    }

    private List<Row> due(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                "SELECT " + COLUMNS + " FROM step WHERE " + OPEN + " AND lease_until < ? ORDER BY sent",
                Row::read,
                clock.instant());
    }

    private boolean isDue(Row step) {
        return !step.closed() && step.lease() != null && step.lease().isBefore(clock.instant());
    }

    private Step send(Connection connection, Row step) throws SQLException {
        var now = clock.instant();
        Rows.update(
                connection,
                "UPDATE step SET sent = ?, worker = NULL, lease_until = ?, sending = TRUE WHERE run_id = ? AND id = ?",
                now,
                now.plus(SENDING),
                step.run(),
                step.id());
        return step.definition();
    }

    /** The broker has an attempt that {@link #reap} gave out; it waits there for as long as it takes. */
    public void sent(Step step) {
        settle(step, null);
    }

    /** The broker did not take an attempt that {@link #reap} gave out: it is due again after a pause. */
    public void unsent(Step step) {
        settle(step, clock.instant().plus(pause));
    }

    private void settle(Step step, @Nullable Instant due) {
        store.durably(connection -> Rows.update(
                connection,
                "UPDATE step SET lease_until = ?, sending = FALSE WHERE run_id = ? AND id = ? AND attempt = ? AND worker IS NULL"
                        + " AND closed IS NULL",
                due,
                step.run(),
                step.step(),
                step.attempt()));
    }

    private StepResult lost(Row step) {
        return failed(
                step,
                "LOST: worker " + step.worker() + " was last heard of before " + step.lease(),
                step.definition().effect() == Effect.CHANGES
                        ? "look what it left behind before you ask for this again"
                        : "look at the worker's host and log");
    }

    private StepResult failed(Row step, String cause, String hint) {
        var now = clock.instant();
        var worker = step.worker() == null ? step.definition().worker() : step.worker();
        return StepResult.failed(step.definition(), worker, new PermanentFault(cause, hint), now, now);
    }

    /**
     * Ends every open step of a run as FAILED; what its worker sends later is kept as late.
     *
     * @return the stages that this closed
     */
    public List<StageClosed> abandon(String run, String cause, String hint) {
        return store.durably(connection -> {
            var closed = new ArrayList<StageClosed>();
            for (var step : Rows.list(
                    connection,
                    "SELECT " + COLUMNS + " FROM step WHERE run_id = ? AND closed IS NULL",
                    Row::read,
                    run)) {
                answer(connection, failed(step, cause, hint)).ifPresent(closed::add);
            }
            return closed;
        });
    }

    /** Stages that were closed although the next one is not open: their message was lost, it is sent again. */
    public List<StageClosed> forgotten(Instant before) {
        return store.quickly(connection -> Rows.list(
                connection,
                "SELECT s.run_id, s.no FROM stage s JOIN run r ON r.id = s.run_id WHERE r.closed IS NULL AND s.closed < ?"
                        + " AND NOT EXISTS (SELECT 1 FROM stage n WHERE n.run_id = s.run_id AND n.no = s.no + 1)"
                        + " UNION ALL SELECT r.id, -1 FROM run r WHERE r.closed IS NULL AND r.created < ?"
                        + " AND NOT EXISTS (SELECT 1 FROM stage n WHERE n.run_id = r.id)",
                row -> new StageClosed(row.getString(1), row.getInt(2)),
                before,
                before));
    }

    /**
     * A step that has no final result yet.
     *
     * @param worker who has it; null if nobody does
     */
    public record OpenStep(
            String step,
            int attempt,
            PartId part,
            Action action,
            @Nullable String worker) {
        /** Without what nobody asks for: of a run with 10,000 steps all of it would be 50 MB at each question. */
        private static OpenStep of(Row row) {
            var step = row.definition();
            return new OpenStep(step.step(), step.attempt(), step.part(), step.action(), row.worker());
        }
    }

    /** The steps of a run that have no final result. */
    public List<OpenStep> open(String run) {
        return store.quickly(connection -> Rows.list(
                connection,
                "SELECT " + COLUMNS + " FROM step WHERE run_id = ? AND closed IS NULL ORDER BY id",
                row -> OpenStep.of(Row.read(row)),
                run));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.site.Cron;
import io.poolkeeper.site.PlanConfig;
import io.poolkeeper.site.Site;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks whether each plan that was due has a run. The time at which a plan will be due is written down before it comes, so that
 * a run that never starts is noticed whatever kept it from starting: the timer, the broker, or a coordinator that was away.
 */
public final class DuePlans {
    private final RunStore store;
    private final Site site;
    private final Clock clock;
    private final Duration grace;

    /**
     * Watches the plans of a site.
     *
     * @param grace how much later than its time a run may start
     */
    public DuePlans(RunStore store, Site site, Clock clock, Duration grace) {
        this.store = store;
        this.site = site;
        this.clock = clock;
        this.grace = grace;
    }

    /**
     * A plan that was due and has no run.
     *
     * @param due UTC
     */
    public record Missed(String plan, Instant due) {}

    /**
     * Tells of each plan that was due and did not start, once, in the transaction in which it is noted. Durable before it
     * returns.
     *
     * @param alert the messages, by channel
     * @return what was told
     */
    public List<Missed> tell(Function<Missed, Map<String, String>> alert) {
        return store.durably(connection -> {
            var now = clock.instant();
            var missed = new ArrayList<Missed>();
            for (var plan : site.plans().values()) {
                look(connection, plan, now).ifPresent(missed::add);
            }
            for (var one : missed) {
                for (var message : alert.apply(one).entrySet()) {
                    Outbox.add(connection, null, message.getKey(), message.getValue(), now);
                }
            }
            return missed;
        });
    }

    private Optional<Missed> look(Connection connection, PlanConfig plan, Instant now) throws SQLException {
        var next = plan.cron().flatMap(cron -> Cron.next(cron, site.zone(), now));
        var known = Rows.first(
                connection, "SELECT at FROM due WHERE plan = ?", row -> Rows.requiredInstant(row, "at"), plan.name());
        if (known.isEmpty() || known.get().isAfter(now)) {
            write(connection, plan.name(), known, next); // also when its cron expression was changed
            return Optional.empty();
        }
        if (now.isBefore(known.get().plus(grace))) {
            return Optional.empty();
        }
        write(connection, plan.name(), known, next);
        return started(connection, plan.name(), known.get())
                ? Optional.empty()
                : Optional.of(new Missed(plan.name(), known.get()));
    }

    private static void write(Connection connection, String plan, Optional<Instant> known, Optional<Instant> next)
            throws SQLException {
        if (known.equals(next)) {
            return;
        }
        Rows.update(connection, "DELETE FROM due WHERE plan = ?", plan);
        if (next.isPresent()) {
            Rows.update(connection, "INSERT INTO due (plan, at) VALUES (?, ?)", plan, next.get());
        }
    }

    /** A run of the plan by whoever asked for it since then will do, but not one of a share alone because that has changed. */
    private static boolean started(Connection connection, String plan, Instant due) throws SQLException {
        return Rows.first(
                        connection,
                        "SELECT id FROM run WHERE plan = ? AND source <> ? AND (created >= ? OR trigger_key = ?)",
                        row -> row.getString(1),
                        plan,
                        ChangeRuns.SOURCE,
                        due,
                        plan + "@" + due)
                .isPresent();
    }
}

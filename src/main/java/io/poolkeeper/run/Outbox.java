// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News that is to be told, kept in the same store as the runs that it is about, so that none is lost and none is told because
 * of a run that was rolled back. A channel that is down never changes a run's outcome.
 */
public final class Outbox {
    /** How long a channel may be down before its news is given up; it stays in the store. */
    public static final Duration PATIENCE = Duration.ofDays(3);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private final RunStore store;
    private final Clock clock;

    /** News of a store. */
    public Outbox(RunStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * One message on one channel.
     *
     * @param run the run that it is about; null if it is about none
     * @param channel {@code email} or {@code teams}
     * @param message what the channel sends, as JSON
     * @param tries how often it was tried
     * @param error why the last try failed; null if there was none
     */
    public record News(
            long id,
            @Nullable String run,
            String channel,
            String message,
            int tries,
            @Nullable String error) {
        static News read(ResultSet row) throws SQLException {
            return new News(
                    row.getLong("id"),
                    row.getString("run_id"),
                    row.getString("channel"),
                    row.getString("message"),
                    row.getInt("tries"),
                    row.getString("error"));
        }
    }

    private static final String COLUMNS = "id, run_id, channel, message, tries, error";

    /** Adds a message. Durable before it returns. */
    public void add(@Nullable String run, String channel, String message) {
        store.durably(connection -> add(connection, run, channel, message, clock.instant()));
    }

    static int add(Connection connection, @Nullable String run, String channel, String message, Instant now)
            throws SQLException {
        return Rows.update(
                connection,
                "INSERT INTO outbox (run_id, channel, message, created, next_try, tries) VALUES (?, ?, ?, ?, ?, 0)",
                run,
                channel,
                message,
                now,
                now);
    }

    /** What is due, oldest first, at most 20. */
    public List<News> due() {
        return store.quickly(connection -> Rows.list(
                connection,
                "SELECT " + COLUMNS
                        + " FROM outbox WHERE sent IS NULL AND given_up IS NULL AND next_try <= ? ORDER BY id FETCH FIRST 20 ROWS ONLY",
                News::read,
                clock.instant()));
    }

    /** What was not told yet about a run. */
    public List<News> waiting(String run) {
        return store.quickly(connection -> Rows.list(
                connection,
                "SELECT " + COLUMNS + " FROM outbox WHERE sent IS NULL AND run_id = ? ORDER BY id",
                News::read,
                run));
    }

    /** It was told. */
    public void sent(long id) {
        store.durably(connection -> Rows.update(
                connection,
                "UPDATE outbox SET sent = ?, tries = tries + 1, error = NULL WHERE id = ?",
                clock.instant(),
                id));
    }

    /** It could not be told; the pause before the next try doubles from 10 seconds to half an hour. */
    public void failed(News news, String error) {
        var pause = Duration.ofSeconds(10L << Math.min(news.tries(), 10));
        var next = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        store.durably(connection -> {
            Rows.update(
                    connection,
                    "UPDATE outbox SET next_try = ?, tries = tries + 1, error = ? WHERE id = ?",
                    next,
                    error.substring(0, Math.min(error.length(), 2000)),
                    news.id());
            return Rows.update(
                    connection,
                    "UPDATE outbox SET given_up = ? WHERE id = ? AND created < ?",
                    clock.instant(),
                    news.id(),
                    clock.instant().minus(PATIENCE));
        });
    }
}

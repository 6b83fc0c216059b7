// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Messages that could not be handled, with the reason; kept until somebody has read them. */
public final class DeadLetters {
    private static final int LONGEST_BODY = 64 * 1024;
    private final RunStore store;
    private final Clock clock;

    /** Those of a store. */
    public DeadLetters(RunStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param queue where it came from
     * @param body its text, at most 64 KB
     */
    public record DeadLetter(Instant at, String queue, String reason, String body) {}

    /** Keeps one. Durable before it returns. */
    public DeadLetter keep(String queue, String reason, String body) {
        var letter = new DeadLetter(
                clock.instant(),
                queue,
                reason.substring(0, Math.min(reason.length(), 4000)),
                body.substring(0, Math.min(body.length(), LONGEST_BODY)));
        store.durably(connection -> Rows.update(
                connection,
                "INSERT INTO dead (at, queue, reason, body) VALUES (?, ?, ?, ?)",
                letter.at(),
                letter.queue(),
                letter.reason(),
                letter.body()));
        return letter;
    }

    /** The newest, newest first. */
    public List<DeadLetter> recent(int most) {
        return store.quickly(connection -> Rows.list(
                connection,
                "SELECT at, queue, reason, body FROM dead ORDER BY id DESC FETCH FIRST ? ROWS ONLY",
                row -> new DeadLetter(
                        Rows.requiredInstant(row, "at"),
                        row.getString("queue"),
                        row.getString("reason"),
                        row.getString("body")),
                most));
    }
}

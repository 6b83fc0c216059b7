// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How many backups and restores this worker runs on one instance at once: {@code sql.<key>.parallel}. Those beyond it wait for
 * their turn. Thread-safe.
 */
public final class Turns {
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final Map<String, Semaphore> free = new ConcurrentHashMap<>();

    /**
     * Does some work in its turn.
     *
     * @throws TransientFault if the work's time ran out before its turn came
     * @throws io.poolkeeper.step.PermanentFault if the run was cancelled before
     */
    <T> T during(SqlSource source, Work work, Supplier<T> doing) {
        var turns = free.computeIfAbsent(source.key(), none -> new Semaphore(source.parallel(), true));
        var until = Instant.now().plus(work.timeLeft());
        while (!acquired(turns)) {
            work.checkCancelled();
            if (Instant.now().isAfter(until)) {
                throw new TransientFault(
                        "waited in vain for a turn on sql." + source.key() + ": " + source.parallel()
                                + " at once are busy",
                        "raise sql." + source.key() + ".parallel, or the plan's deadline");
            }
        }
        try {
            return doing.get();
        } finally {
            turns.release();
        }
    }

    private static boolean acquired(Semaphore turns) {
        try {
            return turns.tryAcquire(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFault("interrupted while waiting for a turn", "the program is ending", e);
        }
    }
}

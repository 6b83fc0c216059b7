// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.store.SharedFileLocker;

/** The lock of a store that two brokers share: one has it, the other waits for it and says so. */
final class StoreTurn extends SharedFileLocker {
    private static final long INTERVAL_MILLIS = 500;

    private final Runnable waiting;

    /** @param waiting run once if the lock is not had within a second */
    StoreTurn(Runnable waiting) {
        this.waiting = waiting;
        setLockAcquireSleepInterval(INTERVAL_MILLIS);
    }

    @Override
    public void doStart() throws Exception {
        var mine = new AtomicBoolean();
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> {
            if (!mine.get()) {
                waiting.run();
            }
        });
        super.doStart();
        mine.set(true);
    }
}

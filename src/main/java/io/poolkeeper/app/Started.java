// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped in the other order. One that fails to stop does not keep the others from it. */
final class Started implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Started.class);
    private final Deque<Stoppable> running = new ArrayDeque<>();

    /** Something that stops without a checked exception. */
    @FunctionalInterface
    interface Stoppable extends AutoCloseable {
        @Override
        void close();
    }

    <T extends AutoCloseable> T add(T thing) {
        running.push(() -> {
            try {
                thing.close();
            } catch (Exception e) { // AutoCloseable declares no narrower type
                LOG.warn("{} did not stop cleanly: {}", thing.getClass().getSimpleName(), e.getMessage());
            }
        });
        return thing;
    }

    void add(Stoppable thing) {
        running.push(thing);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}

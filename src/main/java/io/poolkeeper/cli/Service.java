// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that runs until somebody stops it. */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private Service() {}

    /**
     * Waits for the signal that ends the process, and closes what runs before it does.
     *
     * @param running closed once
     * @param announce says that it runs
     */
    static void run(AutoCloseable running, Runnable announce) {
        run(running, announce, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * The same for what may also end by itself.
     *
     * @param end waits until it has ended, for whatever reason
     * @return whether it ended by itself
     */
    static boolean run(AutoCloseable running, Runnable announce, Runnable end) {
        var stopping = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.set(true);
                            stop(running);
                        },
                        "stop"));
        announce.run();
        end.run();
        return !stopping.get();
    }

    private static void stop(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception e) { // AutoCloseable declares no narrower type
            LOG.warn("did not stop cleanly: {}", e.getMessage());
        }
    }
}

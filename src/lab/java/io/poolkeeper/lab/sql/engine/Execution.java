// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request while it runs, and the way to stop it from another thread. */
public final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    private boolean cancelled;
    private Statement running;

    /** Ends the request if its client asked for that. */
    public synchronized void check() {
        if (cancelled) {
            throw new Cancelled();
        }
    }

    /** Waits, but not longer than until it is cancelled. */
    public synchronized void sleep(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        for (var left = time.toNanos(); left > 0 && !cancelled; left = until - System.nanoTime()) {
            try {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                cancelled = true;
            }
        }
        check();
    }

    /** Notes the H2 statement that is about to run, so that it can be stopped. */
    synchronized void running(Statement statement) {
        check();
        running = statement;
    }

    synchronized void finished() {
        running = null;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    synchronized void cancel() {
        cancelled = true;
        notifyAll();
        try {
            if (running != null) {
                running.cancel();
            }
        } catch (SQLException e) {
            LOG.debug("nothing left to cancel: {}", e.getMessage());
        }
    }
}

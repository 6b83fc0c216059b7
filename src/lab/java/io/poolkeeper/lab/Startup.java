// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Starts things side by side and remembers what must be closed, the last one first, also when another one fails. */
final class Startup implements AutoCloseable {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final ExecutorService threads =
            Executors.newFixedThreadPool(Math.max(3, Runtime.getRuntime().availableProcessors()), work -> {
                var thread = new Thread(work, "lab-start");
                thread.setDaemon(true);
                return thread;
            });
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private final List<Future<?>> submitted = new ArrayList<>();

    /** Begins a piece of work. */
    <T> Future<T> begin(Callable<T> work) {
        var future = threads.submit(work);
        submitted.add(future);
        return future;
    }

    /** Begins a piece of work whose end is awaited by {@link #finish} alone. */
    void alongside(Callable<?> work) {
        submitted.add(threads.submit(work));
    }

    /** Remembers what ends something that was started. */
    synchronized void closeLater(Runnable closer) {
        closers.push(closer);
    }

    /** Waits for a piece of work. */
    static <T> T result(Future<T> work) throws IOException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw new IllegalStateException("the lab does not start: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the lab started", e);
        }
    }

    /** Waits for everything that was begun. */
    void finish() throws IOException {
        for (var work : submitted) {
            result(work);
        }
        threads.shutdown();
    }

    /** Ends everything that was started. */
    @Override
    public void close() {
        threads.shutdownNow();
        awaitThreads();
        synchronized (this) {
            while (!closers.isEmpty()) {
                closers.pop().run();
            }
        }
    }

    /** What is just starting must be started before it can be ended. */
    private void awaitThreads() {
        try {
            if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("a part of the lab does not stop starting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread per core for one piece of work. When it is closed, every thread has ended. Thread-safe. */
final class Crew implements AutoCloseable {
    private final ExecutorService tasks;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /**
     * Hires.
     *
     * @param name what the threads are called
     */
    Crew(String name) {
        var number = new AtomicInteger();
        this.tasks = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            var thread = new Thread(task, name + "-" + number.incrementAndGet());
            threads.add(thread);
            return thread;
        });
    }

    /** Starts a task as soon as a thread is free, in the order of the calls. */
    <T> Future<T> start(Callable<T> task) {
        return tasks.submit(() -> {
            checkStopped();
            return task.call();
        });
    }

    /**
     * To be called by tasks now and then.
     *
     * @throws CancellationException if nobody waits for their result any more
     */
    void checkStopped() {
        if (stopped) {
            throw new CancellationException("the work was stopped");
        }
    }

    /** Stops what still runs, and waits for its end. */
    @Override
    public void close() {
        stopped = true;
        tasks.shutdownNow();
        var interrupted = false;
        while (!threads.isEmpty()) {
            try {
                threads.element().join();
                threads.remove();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

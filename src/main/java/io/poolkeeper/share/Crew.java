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

/**
 * Threads for one piece of work: one per core, as far as the heap bears it. When it is closed, every thread has ended.
 * Thread-safe.
 */
final class Crew implements AutoCloseable {
    /** A segment's directory of 60,000 entries, and its copy while it grows; four shares may be captured at once. */
    private static final long BYTES_OF_ONE = 48L << 20;

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
        this.tasks = Executors.newFixedThreadPool(size(Runtime.getRuntime()), task -> {
            var thread = new Thread(task, name + "-" + number.incrementAndGet());
            threads.add(thread);
            return thread;
        });
    }

    private static int size(Runtime java) {
        return size(java.availableProcessors(), java.maxMemory());
    }

    /**
     * How many threads there are.
     *
     * @param heap how large it may become, in bytes
     */
    static int size(int cores, long heap) {
        return (int) Math.max(1, Math.min(cores, heap / BYTES_OF_ONE));
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

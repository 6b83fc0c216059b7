// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.step.TransientFault;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes something from the thread that reads the network to one that writes it, so that the next page is asked for while
 * this one is written. Holds few at a time, so memory does not grow with the directory. Used by one thread.
 *
 * @param <T> what is taken
 */
final class Conveyor<T> implements AutoCloseable {
    private final BlockingQueue<Optional<T>> queue;
    private final Consumer<T> writer;
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private volatile boolean abandoned;
    private boolean ended;

    /**
     * Starts the writing thread.
     *
     * @param most how many may wait for the writer
     * @param writer called on that thread, one after the other
     */
    Conveyor(int most, Consumer<T> writer) {
        this.queue = new ArrayBlockingQueue<>(most);
        this.writer = writer;
        this.thread = new Thread(this::run, "ldif-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Hands one over, waiting while too many wait for the writer.
     *
     * @throws RuntimeException or Error what the writer failed with
     */
    void put(T one) {
        rethrow();
        enqueue(Optional.of(one));
    }

    /**
     * Waits until all is written.
     *
     * @throws RuntimeException or Error what the writer failed with
     */
    void finish() {
        end();
        rethrow();
    }

    /** Drops what is not yet written, unless all is. */
    @Override
    public void close() {
        abandoned = true;
        end();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        enqueue(Optional.empty());
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void enqueue(Optional<T> one) {
        try {
            queue.put(one);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static TransientFault interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TransientFault("interrupted while the directory was exported", "run it again", e);
    }

    private void rethrow() {
        var failed = failure;
        if (failed instanceof Error error) {
            throw error;
        } else if (failed instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Takes all that comes, even after a failure, so that the other thread never waits in vain. */
    private void run() {
        try {
            for (var one = queue.take(); one.isPresent(); one = queue.take()) {
                if (failure == null && !abandoned) {
                    write(one.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Errors too: a writer that is gone would be waited for without end, or taken for one that has written all. */
    private void write(T one) {
        try {
            writer.accept(one);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }
}

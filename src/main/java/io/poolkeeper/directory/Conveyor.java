// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.step.TransientFault;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes entries from the thread that reads the network to one that writes them, so that the next page is asked for while
 * this one is written. Holds at most as many entries as one page has, so memory does not grow with the directory. Used by
 * one thread.
 */
final class Conveyor implements AutoCloseable {
    private static final Entry END = new Entry("");

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(PagedSearch.PAGE);
    private final Consumer<Entry> writer;
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean abandoned;
    private boolean ended;

    /**
     * Starts the writing thread.
     *
     * @param writer called on that thread, one entry after the other
     */
    Conveyor(Consumer<Entry> writer) {
        this.writer = writer;
        this.thread = new Thread(this::run, "ldif-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Hands over one entry, waiting while the writer is a page behind.
     *
     * @throws RuntimeException what the writer failed with
     */
    void put(Entry entry) {
        rethrow();
        enqueue(entry);
    }

    /**
     * Waits until all is written.
     *
     * @throws RuntimeException what the writer failed with
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
        enqueue(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void enqueue(Entry entry) {
        try {
            queue.put(entry);
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
        if (failed != null) {
            throw failed;
        }
    }

    /** Takes all that comes, even after a failure, so that the other thread never waits in vain. */
    @SuppressWarnings("ReferenceEquality") // END is a mark, not a value
    private void run() {
        try {
            for (var entry = queue.take(); entry != END; entry = queue.take()) {
                if (failure == null && !abandoned) {
                    write(entry);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Entry entry) {
        try {
            writer.accept(entry);
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}

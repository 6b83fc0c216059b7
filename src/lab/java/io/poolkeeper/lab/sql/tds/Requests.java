// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Who may write to the client, and when an attention is acknowledged; nothing else knows of attentions.
 *
 * <p>One thread reads and calls {@link #submit} and {@link #attention}; another runs {@link #work}. Whether a request is
 * under way is decided under one lock, so that an attention is answered exactly once: at once if nothing runs, else by
 * the worker, in a message of its own behind the end of the interrupted response (MS-TDS 2.2.1.7 and 3.2.5.9; in one
 * message, or twice, clients hang).
 */
final class Requests {
    private final Queue<TdsMessage> waiting = new ArrayDeque<>();
    private final Consumer<TdsMessage> handler;
    private final Runnable arm;
    private final Runnable interrupt;
    private final Runnable acknowledge;
    private boolean busy;
    private boolean attention;
    private boolean closed;

    /**
     * Prepares to take requests.
     *
     * @param handler writes the whole response to a request
     * @param arm announces that a request is about to be handled
     * @param interrupt asks the request that was announced last to stop
     * @param acknowledge writes the message that acknowledges an attention
     */
    Requests(Consumer<TdsMessage> handler, Runnable arm, Runnable interrupt, Runnable acknowledge) {
        this.handler = handler;
        this.arm = arm;
        this.interrupt = interrupt;
        this.acknowledge = acknowledge;
    }

    synchronized void submit(TdsMessage request) {
        waiting.add(request);
        notifyAll();
    }

    synchronized void attention() {
        if (!busy && waiting.isEmpty()) {
            acknowledge.run();
            return;
        }
        attention = true;
        interrupt.run();
    }

    /** Handles requests until closed. */
    void work() throws InterruptedException {
        for (var request = next(); request != null; request = next()) {
            handler.accept(request);
            finished();
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private synchronized TdsMessage next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return null;
        }
        busy = true;
        arm.run();
        if (attention) {
            interrupt.run();
        }
        return waiting.remove();
    }

    private synchronized void finished() {
        busy = !waiting.isEmpty();
        if (attention && !busy) {
            attention = false;
            acknowledge.run();
        }
    }
}

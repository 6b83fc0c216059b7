// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.step.TransientFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the results of tasks in the order in which the tasks were given, though they run side by side. What is waiting
 * is bounded, so that memory is. The first failure reaches the caller. Used by one thread.
 *
 * @param <T> what a task results in
 */
final class InOrder<T> {
    private static final int TICK_MILLIS = 200;

    private final Crew crew;
    private final int window;
    private final Consumer<T> sink;
    private final Runnable whileWaiting;
    private final Deque<Future<T>> waiting = new ArrayDeque<>();

    /**
     * Begins.
     *
     * @param window how many results may wait
     * @param sink gets them, on the caller's thread
     * @param whileWaiting called a few times a second while a result is waited for; may throw
     */
    InOrder(Crew crew, int window, Consumer<T> sink, Runnable whileWaiting) {
        this.crew = crew;
        this.window = window;
        this.sink = sink;
        this.whileWaiting = whileWaiting;
    }

    /** Adds a result that is there already. */
    void add(T result) {
        handOn();
        if (waiting.isEmpty()) {
            sink.accept(result);
        } else {
            waiting.add(CompletableFuture.completedFuture(result));
        }
    }

    /**
     * Adds a task.
     *
     * @throws io.poolkeeper.step.StepFault if an earlier one failed
     */
    void start(Callable<T> task) {
        handOn();
        while (waiting.size() >= window) {
            sink.accept(await(waiting.remove()));
        }
        waiting.add(crew.start(task));
    }

    /**
     * Waits for all.
     *
     * @throws io.poolkeeper.step.StepFault if one failed
     */
    void finish() {
        while (!waiting.isEmpty()) {
            sink.accept(await(waiting.remove()));
        }
    }

    private void handOn() {
        while (!waiting.isEmpty() && waiting.element().isDone()) {
            sink.accept(await(waiting.remove()));
        }
    }

    private T await(Future<T> result) {
        while (true) {
            try {
                return result.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                whileWaiting.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TransientFault("the worker was stopped", "start it again", e);
            } catch (ExecutionException e) {
                throw unchecked(e.getCause());
            }
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
}

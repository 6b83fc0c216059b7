// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One image at a time on this host, because wbadmin refuses a second; and an image serves all parts of a run that are in it, so
 * that a folder with ten databases is not taken ten times. Thread-safe.
 */
public final class ImageTurns {
    private static final Duration LOOK_UP = Duration.ofMillis(200);
    private static final int REMEMBERED = 32;

    private final Semaphore free = new Semaphore(1, true);
    private final Map<String, WindowsImage> taken = new LinkedHashMap<>();

    /**
     * The image of a run that holds what is wanted; taken if there is none.
     *
     * @param run whose images may serve
     * @param scope what an image must have been taken for, e.g. an instance; empty if any that holds what is wanted will do
     * @param wanted volumes and folders
     * @throws TransientFault if the work's time ran out before its turn came
     */
    public WindowsImage image(String run, String scope, List<String> wanted, Work work, Supplier<WindowsImage> take) {
        var key = scope.isEmpty() ? run : run + " " + scope;
        acquire(work);
        try {
            return known(key, wanted).orElseGet(() -> remember(key, take.get()));
        } finally {
            free.release();
        }
    }

    private Optional<WindowsImage> known(String key, List<String> wanted) {
        return taken.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(key + " ") && entry.getValue().covers(wanted))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private WindowsImage remember(String key, WindowsImage image) {
        if (taken.size() >= REMEMBERED) {
            taken.remove(taken.keySet().iterator().next());
        }
        taken.put(key + " " + image.where(), image);
        return image;
    }

    private void acquire(Work work) {
        var until = Instant.now().plus(work.timeLeft());
        while (!acquired()) {
            work.checkCancelled();
            if (Instant.now().isAfter(until)) {
                throw new TransientFault(
                        "waited in vain for wbadmin: another image is being taken on this host",
                        "raise the plan's deadline, or take fewer parts by wbadmin");
            }
        }
    }

    private boolean acquired() {
        try {
            return free.tryAcquire(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFault("interrupted while waiting for wbadmin", "the program is ending", e);
        }
    }
}

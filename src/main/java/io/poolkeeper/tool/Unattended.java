// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Work outside a run: a question of check or plan, or tidying up when a step's time is over. It has no folders, tells no progress
 * and is never cancelled.
 *
 * @param timeLeft how long each statement may take
 */
public record Unattended(Duration timeLeft) implements Work {
    @Override
    public Path vault() {
        throw new UnsupportedOperationException("work outside a run has no folder");
    }

    @Override
    public Path attemptFolder() {
        throw new UnsupportedOperationException("work outside a run has no folder");
    }

    @Override
    public Path sandbox() {
        throw new UnsupportedOperationException("work outside a run has no folder");
    }

    @Override
    public void progress(long done, long total, String unit) {
        // nobody watches
    }

    @Override
    public void onCancel(Runnable stop) {
        // nobody cancels
    }

    @Override
    public void checkCancelled() {
        // nobody cancels
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Work outside a run: a question of check or plan, which has no folders, tells no progress and is never cancelled.
 *
 * @param timeLeft how long each statement may take
 */
record Unattended(Duration timeLeft) implements Work {
    @Override
    public Path vault() {
        throw new UnsupportedOperationException("a question writes nothing");
    }

    @Override
    public Path attemptFolder() {
        throw new UnsupportedOperationException("a question writes nothing");
    }

    @Override
    public Path sandbox() {
        throw new UnsupportedOperationException("a question writes nothing");
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

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.time.Duration;

/** Work that no run waits for: it writes nothing, tells nobody, and has an hour. */
final class Unhurried implements Work {
    private static final Duration LONG = Duration.ofHours(1);

    private final Path vault;

    Unhurried(Path vault) {
        this.vault = vault;
    }

    @Override
    public Path vault() {
        return vault;
    }

    @Override
    public Path attemptFolder() {
        throw new UnsupportedOperationException("nothing is captured");
    }

    @Override
    public Path sandbox() {
        throw new UnsupportedOperationException("nothing is restored into a folder");
    }

    @Override
    public void progress(long done, long total, String unit) {
        // nobody asks
    }

    @Override
    public void onCancel(Runnable stop) {
        // nobody cancels
    }

    @Override
    public void checkCancelled() {
        // nobody cancels
    }

    @Override
    public Duration timeLeft() {
        return LONG;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.nio.file.Path;
import java.time.Duration;

/** Work for tests: folders as given, an hour to spare, cancelled when the test says so. */
public final class TestWork implements Work {
    private final Path vault;
    private final Path attemptFolder;
    private final Path sandbox;
    private Duration timeLeft = Duration.ofHours(1);
    private boolean cancelled;
    private Runnable stop = () -> {};

    /** The site's folder in the vault, the attempt's folder, and the folder for restored things. */
    public TestWork(Path vault, Path attemptFolder, Path sandbox) {
        this.vault = vault;
        this.attemptFolder = attemptFolder;
        this.sandbox = sandbox;
    }

    /** The same with another time limit. */
    public TestWork timeLeft(Duration left) {
        timeLeft = left;
        return this;
    }

    /** Cancels the run, as a message on the control topic would. */
    public synchronized void cancel() {
        cancelled = true;
        stop.run();
    }

    @Override
    public Path vault() {
        return vault;
    }

    @Override
    public Path attemptFolder() {
        return attemptFolder;
    }

    @Override
    public Path sandbox() {
        return sandbox;
    }

    @Override
    public void progress(long done, long total, String unit) {
        // nobody watches
    }

    @Override
    public synchronized void onCancel(Runnable how) {
        stop = how;
        if (cancelled) {
            stop.run();
        }
    }

    @Override
    public synchronized void checkCancelled() {
        if (cancelled) {
            throw new PermanentFault("CANCELLED", "somebody cancelled the run");
        }
    }

    @Override
    public Duration timeLeft() {
        return timeLeft;
    }
}

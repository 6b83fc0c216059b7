// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.nio.file.Path;
import java.time.Duration;

/** What a handler gets in a test: three folders, an hour to spare, and two ways to be cancelled. Thread-safe. */
public final class TestWork implements Work {
    private final Path vault;
    private final Path attemptFolder;
    private final Path sandbox;
    private Duration timeLeft = Duration.ofHours(1);
    private int checksLeft = Integer.MAX_VALUE;
    private boolean cancelled;
    private Runnable stop = () -> {};
    private long done;
    private long total;

    /** Work with the site's folder in the vault, the attempt's folder and the sandbox; none of them is created. */
    public TestWork(Path vault, Path attemptFolder, Path sandbox) {
        this.vault = vault;
        this.attemptFolder = attemptFolder;
        this.sandbox = sandbox;
    }

    /** The same with another time limit. */
    public synchronized TestWork timeLeft(Duration left) {
        timeLeft = left;
        return this;
    }

    /** Cancels at the so-manieth time that the handler asks. */
    public synchronized TestWork cancelledAtCheck(int number) {
        checksLeft = number;
        return this;
    }

    /** Cancels the run, as a message on the control topic would. */
    public synchronized void cancel() {
        cancelled = true;
        stop.run();
    }

    /** What was last told as done. */
    public synchronized long done() {
        return done;
    }

    /** What was last told as the total. */
    public synchronized long total() {
        return total;
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
    public synchronized void progress(long doneNow, long totalNow, String unit) {
        done = doneNow;
        total = totalNow;
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
        checksLeft--;
        if (checksLeft <= 0 && !cancelled) {
            cancel();
        }
        if (cancelled) {
            throw new PermanentFault("CANCELLED", "somebody stopped the run");
        }
    }

    @Override
    public synchronized Duration timeLeft() {
        return timeLeft;
    }
}

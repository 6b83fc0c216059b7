// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What a handler gets in a test: three folders, and a switch to cancel. Thread-safe. */
public final class TestWork implements Work {
    private final Path vault;
    private final Path attemptFolder;
    private final Path sandbox;
    private final AtomicInteger checksLeft = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Runnable stop = () -> {};
    private volatile long done;
    private volatile long total;

    /** Work with these folders, none of which is created. */
    public TestWork(Path vault, Path attemptFolder, Path sandbox) {
        this.vault = vault;
        this.attemptFolder = attemptFolder;
        this.sandbox = sandbox;
    }

    /** Cancels at the so-manieth time that the handler asks. */
    public TestWork cancelledAtCheck(int number) {
        checksLeft.set(number);
        return this;
    }

    /** What was last told as done. */
    public long done() {
        return done;
    }

    /** What was last told as the total. */
    public long total() {
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
    public void progress(long doneNow, long totalNow, String unit) {
        done = doneNow;
        total = totalNow;
    }

    @Override
    public void onCancel(Runnable stopNow) {
        stop = stopNow;
    }

    @Override
    public void checkCancelled() {
        if (checksLeft.decrementAndGet() <= 0) {
            stop.run();
            throw new PermanentFault("CANCELLED", "start the run again");
        }
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofHours(1);
    }
}

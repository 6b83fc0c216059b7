// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.run.ProgressBoard.Progress;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One step that this worker is doing. Thread-safe. */
final class ActiveStep implements Work {
    private final Step step;
    private final String worker;
    private final Path vault;
    private final Path attemptFolder;
    private final Path sandbox;
    private final Clock clock;
    private final Instant started;
    private volatile boolean begun;
    private volatile boolean cancelled;
    private volatile long done;
    private volatile long total;
    private volatile String unit = "percent";
    private Runnable stop = () -> {};

    ActiveStep(Step step, String worker, Path vault, Path attemptFolder, Path sandbox, Clock clock) {
        this.step = step;
        this.worker = worker;
        this.vault = vault;
        this.attemptFolder = attemptFolder;
        this.sandbox = sandbox;
        this.clock = clock;
        this.started = clock.instant();
    }

    Step step() {
        return step;
    }

    void begin() {
        begun = true;
    }

    /** Not while it is only claimed: whether the claim counts is known when its transaction is over. */
    boolean isBegun() {
        return begun;
    }

    Instant started() {
        return started;
    }

    /** What it tells about itself. */
    Progress sign(Instant leaseUntil) {
        return new Progress(
                step.run(), step.step(), step.attempt(), worker, step.part(), done, total, unit, leaseUntil);
    }

    void cancel() {
        Runnable stopper;
        synchronized (this) {
            cancelled = true;
            stopper = stop;
        }
        stopper.run();
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
    public void progress(long nowDone, long ofTotal, String inUnit) {
        done = nowDone;
        total = ofTotal;
        unit = inUnit;
    }

    @Override
    public void onCancel(Runnable stopper) {
        boolean already;
        synchronized (this) {
            stop = stopper;
            already = cancelled;
        }
        if (already) {
            stopper.run();
        }
    }

    @Override
    public void checkCancelled() {
        if (cancelled) {
            throw new PermanentFault("CANCELLED", "somebody stopped the run");
        }
    }

    @Override
    public Duration timeLeft() {
        var left = Duration.between(clock.instant(), step.notAfter());
        return left.isNegative() ? Duration.ZERO : left;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.time.Duration;

/** What is done outside of any step, such as tidying up when its time is over: a minute, and nobody can cancel it. */
final class Afterwards implements Work {
    @Override
    public Path vault() {
        throw new UnsupportedOperationException("tidying up touches no vault");
    }

    @Override
    public Path attemptFolder() {
        throw new UnsupportedOperationException("tidying up writes nothing");
    }

    @Override
    public Path sandbox() {
        throw new UnsupportedOperationException("tidying up restores nothing");
    }

    @Override
    public void progress(long done, long total, String unit) {
        // nobody waits for it
    }

    @Override
    public void onCancel(Runnable stop) {
        // it ends by itself
    }

    @Override
    public void checkCancelled() {
        // the run may have been: that is why it runs
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofMinutes(1);
    }
}

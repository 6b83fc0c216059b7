// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Work a part of which may not take all of the time that is left.
 *
 * @param whole what it is a part of
 * @param until when it must have ended
 */
public record Limited(Work whole, Instant until) implements Work {
    /** The work, as if it had to end after that time at most. */
    public static Work to(Duration most, Work whole) {
        return new Limited(whole, Instant.now().plus(most));
    }

    @Override
    public Duration timeLeft() {
        var left = Duration.between(Instant.now(), until);
        var shorter = left.compareTo(whole.timeLeft()) < 0 ? left : whole.timeLeft();
        return shorter.isNegative() ? Duration.ZERO : shorter;
    }

    @Override
    public Path vault() {
        return whole.vault();
    }

    @Override
    public Path attemptFolder() {
        return whole.attemptFolder();
    }

    @Override
    public Path sandbox() {
        return whole.sandbox();
    }

    @Override
    public void progress(long done, long total, String unit) {
        whole.progress(done, total, unit);
    }

    @Override
    public void onCancel(Runnable stop) {
        whole.onCancel(stop);
    }

    @Override
    public void checkCancelled() {
        whole.checkCancelled();
    }
}

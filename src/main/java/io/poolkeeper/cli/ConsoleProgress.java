// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.run.RunStatus;
import io.poolkeeper.run.RunStatus.Doing;
import io.poolkeeper.step.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress for people: a bar on a terminal, at most a line a second elsewhere. */
final class ConsoleProgress {
    private ConsoleProgress() {}

    static RunProgress on(PrintWriter err) {
        return Boolean.getBoolean("poolkeeper.terminal") ? new Bar() : new Lines(err);
    }

    private static String doing(RunStatus status) {
        return status.doing().stream()
                .filter(step -> step.worker() != null)
                .max(Comparator.comparingLong(Doing::total))
                .map(step -> step.action().word() + " " + step.part()
                        + (step.total() > 0 ? " " + Math.min(100, step.progress() * 100 / step.total()) + " %" : ""))
                .orElse("");
    }

    /** A line when something is new. */
    private static final class Lines implements RunProgress {
        private final PrintWriter err;
        private int shown;
        private Instant last = Instant.EPOCH;

        Lines(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void show(RunStatus status) {
            for (; shown < status.done().size(); shown++) {
                var done = status.done().get(shown);
                if (done.outcome() == Outcome.FAILED) {
                    err.println("FAILED " + done.part() + ": " + done.cause());
                }
            }
            var now = doing(status);
            if (!now.isEmpty() && Duration.between(last, Instant.now()).toMillis() >= 1000) {
                last = Instant.now();
                err.println(
                        status.done().size() + " steps done, " + status.doing().size() + " to do; now " + now);
            }
        }

        @Override
        public void close() {
            err.flush();
        }
    }

    /** One bar for all steps that are known so far. */
    private static final class Bar implements RunProgress {
        private @Nullable ProgressBar bar;

        @Override
        public void show(RunStatus status) {
            if (bar == null) {
                bar = new ProgressBarBuilder()
                        .setTaskName(status.kind())
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .clearDisplayOnFinish()
                        .build();
            }
            bar.maxHint(status.done().size() + status.doing().size());
            bar.stepTo(status.done().size());
            bar.setExtraMessage(" " + doing(status));
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}

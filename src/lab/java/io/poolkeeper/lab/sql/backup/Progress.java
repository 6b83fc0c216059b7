// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Activity;
import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.StatementContext;
import java.util.function.IntConsumer;

/**
 * How far a BACKUP or RESTORE has come: tells message 3211 as it goes, not afterwards, keeps {@code
 * sys.dm_exec_requests} up to date, and ends the work if the client asked for that. The 100 percent are told last.
 */
final class Progress {
    private static final int EVERYTHING = 100;

    private final StatementContext context;
    private final Activity activity;
    private final int step;
    private final IntConsumer watcher;
    private long total = 1;
    private long done;
    private int percent;
    private int told;

    /**
     * Begins at zero.
     *
     * @param context whom to tell
     * @param activity what others see
     * @param step percents between two messages; 0 for no messages
     * @param watcher is told each percent and may throw
     */
    Progress(StatementContext context, Activity activity, int step, IntConsumer watcher) {
        this.context = context;
        this.activity = activity;
        this.step = step;
        this.watcher = watcher;
    }

    /** Sets how many steps of work there are. */
    void total(long work) {
        total = Math.max(1, work);
        watcher.accept(0);
    }

    /** A step of work was done. */
    void advance(long work) {
        context.execution().check();
        done += work;
        var now = (int) Math.min(EVERYTHING, done * EVERYTHING / total);
        while (percent < now) {
            percent++;
            activity.percent(percent);
            watcher.accept(percent);
            if (step > 0 && percent < EVERYTHING && percent >= told + step) {
                tell();
            }
        }
    }

    /** All work was done. */
    void complete() {
        percent = EVERYTHING;
        if (step > 0) {
            tell();
        }
    }

    private void tell() {
        told = percent;
        context.results().message(Messages.of(3211, percent));
        context.results().flush();
    }
}

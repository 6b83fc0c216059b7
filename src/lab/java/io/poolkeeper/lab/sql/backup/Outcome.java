// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.DatabaseFile;
import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.SetType;
import java.util.List;

/**
 * What is told at the end of a BACKUP or RESTORE that worked: message 4035 for each file, the last 3211 between them, and
 * 3014 with pages and time.
 */
final class Outcome {
    private static final long LOG_PAGES = 2;
    private static final long PAGE = 8192;
    private static final double MEGABYTE = 1 << 20;

    private final StatementContext context;
    private final long started;

    /** For work that began at that {@link System#nanoTime}. */
    Outcome(StatementContext context, long started) {
        this.context = context;
        this.started = started;
    }

    void backedUp(BackupSet set, Database database, Progress progress) {
        tell(set, database, progress, set.set().type().command());
    }

    void restored(BackupSet set, Database database, Progress progress) {
        var isLog = set.set().type() == SetType.LOG;
        tell(set, database, progress, isLog ? "RESTORE LOG" : "RESTORE DATABASE");
    }

    /** RESTORE DATABASE x WITH RECOVERY reads no pages. */
    void recovered() {
        summary("RESTORE DATABASE", 0);
    }

    private void tell(BackupSet set, Database database, Progress progress, String command) {
        var pages = pages(set);
        var isLog = set.set().type() == SetType.LOG;
        var position = set.set().position();
        if (!isLog) {
            files(database, false).forEach(file -> processed(pages, database, file, position));
        }
        progress.complete();
        files(database, true).forEach(file -> processed(isLog ? pages : LOG_PAGES, database, file, position));
        summary(command, isLog ? pages : pages + LOG_PAGES);
    }

    private static List<DatabaseFile> files(Database database, boolean log) {
        return database.files().stream().filter(file -> file.log() == log).toList();
    }

    /** The pages of the content before compression. */
    private static long pages(BackupSet set) {
        return Math.max(1, (set.extent().contentBytes() + PAGE - 1) / PAGE);
    }

    private void processed(long pages, Database database, DatabaseFile file, int position) {
        context.results().message(Messages.of(4035, pages, database.name(), file.logicalName(), position));
    }

    private void summary(String command, long pages) {
        var millis = Math.max(1, (System.nanoTime() - started) / 1_000_000);
        var rate = Math.round(pages * PAGE / MEGABYTE / millis * 1000 * 1000);
        context.results()
                .message(Messages.of(3014, command, pages, millis / 1000, millis % 1000, rate / 1000, rate % 1000));
    }
}

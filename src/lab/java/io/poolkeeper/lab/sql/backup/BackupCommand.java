// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Activity;
import io.poolkeeper.lab.sql.engine.Cancelled;
import io.poolkeeper.lab.sql.engine.ChangeTrigger;
import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.LogChain;
import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.engine.Restoring;
import io.poolkeeper.lab.sql.engine.ServerTime;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.SetType;
import io.poolkeeper.lab.sql.tsql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** One BACKUP, from its checks to its row in msdb. */
final class BackupCommand {
    private final Statement.Backup statement;
    private final StatementContext context;
    private final SetType type;

    BackupCommand(Statement.Backup statement, StatementContext context) {
        this.statement = statement;
        this.context = context;
        var isDifferential = statement.options().has("DIFFERENTIAL");
        type = statement.log() ? SetType.LOG : isDifferential ? SetType.DIFFERENTIAL : SetType.FULL;
    }

    /** Runs it; message 3013 follows whatever went wrong. */
    void run() {
        var last = Messages.of(3013, statement.log() ? "BACKUP LOG" : "BACKUP DATABASE");
        try {
            var database = new Requirements(context).check(statement, type);
            var faults = new BackupFaults(context, statement, database);
            faults.beforeLock();
            if (!database.backupLock().tryLock()) {
                throw SqlFailure.of(3023);
            }
            try {
                backUp(database, faults);
            } finally {
                database.backupLock().unlock();
            }
        } catch (SqlFailure e) {
            throw e.followedBy(last);
        } catch (Cancelled e) {
            context.results().message(Messages.of(3204).atLine(statement.line()));
            context.results().message(last.atLine(statement.line()));
            throw e;
        } catch (SQLException e) {
            throw new IllegalStateException("H2 failed during a backup: " + e.getMessage(), e);
        }
    }

    private void backUp(Database database, BackupFaults faults) throws SQLException {
        var started = System.nanoTime();
        var activity = new Activity(statement.log() ? "BACKUP LOG" : "BACKUP DATABASE", database.id());
        context.session().setActivity(activity);
        var name = context.variables().text(statement.devices().get(0));
        var device = statement.options().has("SNAPSHOT")
                ? Device.virtual(name, context.instance())
                : Device.find(name, context.instance());
        try (var media = Media.toWrite(device, statement.options(), context.variables())) {
            var step = StatsOption.of(statement.options(), context.variables());
            var progress = new Progress(context, activity, step, faults::strike);
            var set = type == SetType.LOG ? log(database, media, progress) : tables(database, media, progress);
            History.of(context.instance()).backedUp(set, media.label(), device);
            new Outcome(context, started).backedUp(set, database, progress);
        } catch (BackupFaults.WriteFault e) {
            throw device.cannotWrite(e.error());
        } catch (IOException e) {
            throw device.cannotWrite(e);
        } finally {
            context.session().setActivity(null);
        }
    }

    private BackupSet tables(Database database, Media media, Progress progress) throws SQLException, IOException {
        var copyOnly = statement.options().has("COPY_ONLY") && type == SetType.FULL;
        var keepsLog = type == SetType.FULL && !copyOnly && database.recoveryModel() != RecoveryModel.SIMPLE;
        if (keepsLog) {
            database.keepLog();
        }
        try (var snapshot = Snapshot.of(database)) {
            var header = new SetHeader(context, statement, database, type).of(snapshot.lsn(), media.position());
            var base = database.chain()
                    .base()
                    .map(LogChain.DifferentialBase::digests)
                    .orElse(Map.of());
            var content = new ContentWriter(media.writer().begin(header), progress);
            var digests = content.tables(snapshot, type == SetType.FULL ? Map.of() : base);
            var set = media.writer().finish(header, content.bytes(), ServerTime.now());
            if (type == SetType.FULL && !copyOnly) {
                database.chain()
                        .fullTaken(
                                new LogChain.DifferentialBase(
                                        snapshot.lsn(), set.set().id(), digests),
                                keepsLog);
            }
            return set;
        }
    }

    private BackupSet log(Database database, Media media, Progress progress) throws SQLException, IOException {
        checkWatched(database);
        long upTo;
        synchronized (database.commitLock()) {
            upTo = database.chain().advance();
        }
        var records = database.changes().records().stream()
                .filter(entry -> entry.lsn() <= upTo)
                .toList();
        var header = new SetHeader(context, statement, database, type).of(upTo, media.position());
        var content = new ContentWriter(media.writer().begin(header), progress);
        content.log(records);
        var set = media.writer().finish(header, content.bytes(), ServerTime.now());
        if (!statement.options().has("COPY_ONLY")) {
            database.chain().logTaken(upTo);
            database.changes().truncate(upTo);
        }
        if (set.options().noRecovery()) {
            database.setState(DatabaseState.RESTORING);
            var base = database.chain().base().orElseThrow();
            database.restoredTo(new Restoring(
                    upTo, set.extent().finished(), database.chain().fork(), database.familyGuid(), base, false));
        }
        return set;
    }

    /** Tables that were made behind the server's back are not in the log, which therefore has a gap. */
    private static void checkWatched(Database database) throws SQLException {
        try (var connection = database.store().open()) {
            if (!ChangeTrigger.unwatched(connection).isEmpty()) {
                database.chain().breakLog();
                throw SqlFailure.of(4214);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Activity;
import io.poolkeeper.lab.sql.engine.Cancelled;
import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.MediaFault;
import io.poolkeeper.lab.sql.media.MediaReader;
import io.poolkeeper.lab.sql.media.SetType;
import io.poolkeeper.lab.sql.tsql.Options;
import io.poolkeeper.lab.sql.tsql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Locale;

/** One RESTORE DATABASE or RESTORE LOG. */
final class RestoreCommand {
    private final Statement.Restore statement;
    private final StatementContext context;
    private final Options options;
    private final long started = System.nanoTime();

    RestoreCommand(Statement.Restore statement, StatementContext context) {
        this.statement = statement;
        this.context = context;
        options = statement.options();
    }

    /** Runs it; message 3013 follows whatever went wrong. */
    void run() {
        var last = Messages.of(3013, statement.log() ? "RESTORE LOG" : "RESTORE DATABASE");
        try {
            checkSession();
            if (statement.devices().isEmpty()) {
                recoverOnly();
            } else {
                restore();
            }
        } catch (SqlFailure e) {
            throw e.followedBy(last);
        } catch (Cancelled e) {
            context.results().message(Messages.of(3204).atLine(statement.line()));
            context.results().message(last.atLine(statement.line()));
            throw e;
        } catch (SQLException e) {
            throw new IllegalStateException("H2 failed during a restore: " + e.getMessage(), e);
        }
    }

    private String target() {
        return String.valueOf(context.variables().text(statement.database()));
    }

    private void checkSession() {
        if (context.session().transactions().inTransaction()) {
            throw SqlFailure.of(3021);
        }
        if (options.has("RECOVERY") && options.has("NORECOVERY")) {
            throw SqlFailure.of(3031, "RECOVERY", "NORECOVERY");
        }
        switch (target().toLowerCase(Locale.ROOT)) {
            case "master" -> throw SqlFailure.of(3108);
            case "tempdb" -> throw SqlFailure.of(3147);
            default -> {
                // any other may be restored
            }
        }
    }

    /** RESTORE DATABASE x WITH RECOVERY. */
    private void recoverOnly() throws SQLException {
        var database = context.instance().databases().get(target());
        if (database.state() != DatabaseState.RESTORING || database.restoring().isEmpty()) {
            throw SqlFailure.of(3153);
        }
        database.recover();
        new Outcome(context, started).recovered();
    }

    private void restore() throws SQLException {
        var device = Sources.device(statement.devices(), context);
        try (var media = device.open()) {
            var set = Sources.set(media, device, options, context);
            media.checkExtent(set);
            Sources.checkChecksums(set, options);
            checkType(set, device);
            checkVersion(set);
            restore(media, set, device);
        } catch (IOException e) {
            throw device.unreadable(e);
        }
    }

    private void restore(MediaReader media, BackupSet set, Device device) throws SQLException {
        var command = statement.log() ? "RESTORE LOG" : "RESTORE DATABASE";
        var activity = new Activity(command, 1);
        context.session().setActivity(activity);
        var step = StatsOption.of(options, context.variables());
        var progress = new Progress(context, activity, step, percent -> {});
        progress.total(set.extent().contentBytes());
        var verify = set.options().checksums() && !options.has("NO_CHECKSUM");
        try (var content = new CountedInput(media.content(set, verify), progress)) {
            var kinds = new RestoreKinds(context, target(), options, set);
            var database = kinds.restore(new ContentReader(content));
            var stopAt = RestoreKinds.stopAt(options, context);
            recover(database, stopAt);
            History.of(context.instance())
                    .restored(
                            set,
                            database.name(),
                            context.session().login().user(),
                            options.has("REPLACE"),
                            !options.has("NORECOVERY"),
                            stopAt);
            new Outcome(context, started).restored(set, database, progress);
        } catch (MediaFault e) {
            throw e.kind() == MediaFault.Kind.DAMAGED_PAGE ? damaged(e.page()) : device.unreadable(e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        } finally {
            context.session().setActivity(null);
        }
    }

    /** A point in time that was not yet reached keeps the database waiting for more of the log. */
    private void recover(Database database, LocalDateTime stopAt) throws SQLException {
        if (options.has("NORECOVERY")) {
            return;
        }
        if (stopAt != null && !database.restoring().orElseThrow().stopped()) {
            context.results().message(Messages.of(4322));
            return;
        }
        database.recover();
    }

    private SqlFailure damaged(long page) {
        return SqlFailure.of(3183, 1, page, target());
    }

    /** Without checksums a damaged page is only noticed when its content makes no sense. */
    private RuntimeException unreadable(Exception e) {
        if (e instanceof SqlFailure || e instanceof Cancelled) {
            return (RuntimeException) e;
        }
        return damaged(0);
    }

    private void checkType(BackupSet set, Device device) {
        var isLog = set.set().type() == SetType.LOG;
        if (isLog != statement.log()) {
            throw SqlFailure.of(3135, device.name(), isLog ? "BACKUP LOG" : "BACKUP DATABASE");
        }
    }

    private void checkVersion(BackupSet set) {
        var own = context.instance().version();
        var other = "%d.%02d.%04d"
                .formatted(
                        set.origin().major(), set.origin().minor(), set.origin().build());
        var mine = "%d.%02d.%04d".formatted(own.major(), own.minor(), own.build());
        if (set.origin().databaseVersion() > own.databaseVersion()) {
            throw SqlFailure.of(3169, other, mine);
        }
        var isSystem = context.instance()
                .databases()
                .find(target())
                .filter(Database::isSystem)
                .isPresent();
        if (isSystem && !other.equals(mine)) {
            throw SqlFailure.of(
                    3168, Sources.device(statement.devices(), context).name(), other, mine);
        }
    }
}

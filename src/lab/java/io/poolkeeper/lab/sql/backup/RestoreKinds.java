// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.DatabaseSpec;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Databases;
import io.poolkeeper.lab.sql.engine.H2Store;
import io.poolkeeper.lab.sql.engine.LogChain;
import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.engine.Restoring;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.tsql.Options;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;

/** The three kinds of sets and what restoring each means. */
final class RestoreKinds {
    private final StatementContext context;
    private final Databases databases;
    private final String target;
    private final Options options;
    private final BackupSet set;

    RestoreKinds(StatementContext context, String target, Options options, BackupSet set) {
        this.context = context;
        this.target = target;
        this.options = options;
        this.set = set;
        databases = context.instance().databases();
    }

    /** Restores the set and leaves the database not yet recovered. */
    Database restore(ContentReader content) throws SQLException, IOException {
        return switch (set.set().type()) {
            case FULL -> full(content);
            case DIFFERENTIAL -> differential(content);
            case LOG -> log(content);
        };
    }

    private Database full(ContentReader content) throws SQLException, IOException {
        var plan = new RestorePlan(context, target, options, set);
        var existing = databases.find(target).orElse(null);
        if (existing != null) {
            checkOverwrite(existing);
        }
        var stopAt = stopAt(options, context);
        if (stopAt != null && stopAt.isBefore(set.extent().finished())) {
            throw SqlFailure.of(4338);
        }
        var files = plan.files(set);
        var model = RecoveryModel.valueOf(set.origin().recoveryModel().replace('-', '_'));
        var database = existing == null
                ? databases.create(new DatabaseSpec(
                        target,
                        model,
                        files,
                        set.origin().collation(),
                        set.origin().compatibilityLevel()))
                : existing;
        database.beginRestore();
        var store = H2Store.create(databases.views(), database);
        var digests = content.tables(store, null);
        var base = new LogChain.DifferentialBase(set.log().first(), set.set().id(), digests);
        database.restored(store, files, model, progress(base));
        return database;
    }

    /** The rules of RESTORE without REPLACE: another database, or a log that nobody has. */
    private void checkOverwrite(Database existing) {
        if (context.session().database().equalsIgnoreCase(existing.name())) {
            throw SqlFailure.of(3102, "RESTORE", existing.name());
        }
        if (!context.instance().sessions().using(existing, context.session()).isEmpty()) {
            throw SqlFailure.of(3101);
        }
        if (options.has("REPLACE")) {
            return;
        }
        if (!existing.familyGuid().equals(set.origin().familyGuid())) {
            throw SqlFailure.of(3154, existing.name());
        }
        var hasTail = existing.state() == DatabaseState.ONLINE
                && existing.chain().logStart().isPresent();
        if (hasTail && !options.has("STOPAT")) {
            throw SqlFailure.of(3159, existing.name());
        }
    }

    private Database differential(ContentReader content) throws SQLException, IOException {
        var database = restoring();
        var progress = database.restoring().orElseThrow();
        if (!progress.base().setId().equals(set.log().differentialBaseId())) {
            throw SqlFailure.of(3136);
        }
        var store = H2Store.create(databases.views(), database);
        content.tables(store, database.store());
        database.restored(store, database.files(), database.recoveryModel(), progress(progress.base()));
        return database;
    }

    private Database log(ContentReader content) throws SQLException, IOException {
        var database = restoring();
        var progress = database.restoring().orElseThrow();
        var stopAt = stopAt(options, context);
        checkPath(progress, stopAt);
        var lsn = progress.lsn();
        var stopped = stopAt != null && !stopAt.isAfter(set.extent().finished());
        try (var connection = database.store().open()) {
            var replay = new Replay(connection);
            for (var entry : content.log()) {
                if (stopAt != null && entry.committed().isAfter(stopAt)) {
                    break;
                }
                if (entry.lsn() > progress.lsn()) {
                    context.execution().check();
                    replay.apply(entry);
                    lsn = entry.lsn();
                }
            }
        }
        database.restoredTo(new Restoring(
                stopped ? lsn : set.log().last(),
                stopped ? stopAt : set.extent().finished(),
                set.log().lastFork(),
                progress.familyGuid(),
                progress.base(),
                stopped));
        return database;
    }

    private void checkPath(Restoring progress, LocalDateTime stopAt) {
        if (!progress.fork().equals(set.log().firstFork())) {
            throw SqlFailure.of(4330);
        }
        if (set.log().first() > progress.lsn()) {
            throw SqlFailure.of(4305, set.log().first(), progress.lsn());
        }
        if (set.log().last() < progress.lsn()) {
            throw SqlFailure.of(4326, set.log().last(), progress.lsn());
        }
        if (progress.stopped() || (stopAt != null && stopAt.isBefore(progress.upTo()))) {
            throw SqlFailure.of(4335);
        }
    }

    /** The database, if it is in the middle of a restore. */
    private Database restoring() {
        var database = databases.find(target).orElseThrow(() -> SqlFailure.of(3118, target));
        if (database.state() != DatabaseState.RESTORING || database.restoring().isEmpty()) {
            throw SqlFailure.of(3117);
        }
        return database;
    }

    private Restoring progress(LogChain.DifferentialBase base) {
        return new Restoring(
                set.log().last(),
                set.extent().started(),
                set.log().lastFork(),
                set.origin().familyGuid(),
                base,
                false);
    }

    /** The time that STOPAT names, or null. */
    static LocalDateTime stopAt(Options options, StatementContext context) {
        var text = options.value("STOPAT").map(context.variables()::text).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(text.strip().replace(' ', 'T'));
        } catch (DateTimeParseException e) {
            throw SqlFailure.of(Messages.unsupported("the time '" + text + "'; write 2026-11-23T23:00:00.000"));
        }
    }
}

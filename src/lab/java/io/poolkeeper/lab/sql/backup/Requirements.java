// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.Instance;
import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.media.SetType;
import io.poolkeeper.lab.sql.tsql.Options;
import io.poolkeeper.lab.sql.tsql.Statement;
import java.util.List;
import java.util.Locale;

/** What must hold before a BACKUP begins, in the order in which SQL Server complains. */
final class Requirements {
    private static final List<List<String>> CONFLICTS = List.of(
            List.of("INIT", "NOINIT"),
            List.of("FORMAT", "NOFORMAT"),
            List.of("SKIP", "NOSKIP"),
            List.of("CHECKSUM", "NO_CHECKSUM"),
            List.of("COMPRESSION", "NO_COMPRESSION"));

    private final StatementContext context;
    private final Instance instance;

    Requirements(StatementContext context) {
        this.context = context;
        instance = context.instance();
    }

    /** The database, if it can be backed up that way now. */
    Database check(Statement.Backup statement, SetType type) {
        checkOptions(statement);
        checkConflicts(statement.options());
        if (context.session().transactions().inTransaction()) {
            throw SqlFailure.of(3021);
        }
        if (statement.devices().size() > 1) {
            throw SqlFailure.of(Messages.unsupported("backups striped over several devices"));
        }
        var name = context.variables().text(statement.database());
        if ("tempdb".equalsIgnoreCase(name)) {
            throw SqlFailure.of(3147);
        }
        var database = instance.databases().online(String.valueOf(name));
        checkRight(database, statement.log() ? "BACKUP LOG" : "BACKUP DATABASE");
        checkEdition(statement);
        checkMaster(database, type);
        checkChain(database, type);
        return database;
    }

    /** Some options belong to one of the two statements. */
    private static void checkOptions(Statement.Backup statement) {
        var others = statement.log() ? List.of("DIFFERENTIAL") : List.of("NORECOVERY", "NO_TRUNCATE");
        for (var option : others) {
            if (statement.options().has(option)) {
                throw SqlFailure.of(3032, option.toLowerCase(Locale.ROOT));
            }
        }
    }

    private static void checkConflicts(Options options) {
        for (var pair : CONFLICTS) {
            if (options.has(pair.get(0)) && options.has(pair.get(1))) {
                throw SqlFailure.of(3031, pair.get(0), pair.get(1));
            }
        }
    }

    private void checkRight(Database database, String right) {
        if (instance.faults().denies(right, database.name())) {
            throw SqlFailure.of(262, right, database.name());
        }
    }

    private void checkEdition(Statement.Backup statement) {
        var profile = instance.profile();
        if (statement.options().has("COMPRESSION") && !profile.edition().compresses(profile.version())) {
            var what = (statement.log() ? "BACKUP LOG" : "BACKUP DATABASE") + " WITH COMPRESSION";
            throw SqlFailure.of(1844, what, profile.edition().label(profile.version()));
        }
    }

    private static void checkMaster(Database database, SetType type) {
        if (!database.name().equalsIgnoreCase("master")) {
            return;
        }
        switch (type) {
            case LOG -> throw SqlFailure.of(4212);
            case DIFFERENTIAL -> throw SqlFailure.of(3024);
            case FULL -> {
                // the one kind of backup that master has
            }
        }
    }

    private static void checkChain(Database database, SetType type) {
        var chain = database.chain();
        if (type == SetType.LOG && database.recoveryModel() == RecoveryModel.SIMPLE) {
            throw SqlFailure.of(4208, "BACKUP LOG");
        }
        if (type == SetType.LOG && chain.logStart().isEmpty()) {
            throw SqlFailure.of(4214);
        }
        if (type == SetType.DIFFERENTIAL && chain.base().isEmpty()) {
            throw SqlFailure.of(3035, database.name());
        }
    }
}

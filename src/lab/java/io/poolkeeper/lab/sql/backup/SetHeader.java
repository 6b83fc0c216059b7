// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.DatabaseFile;
import io.poolkeeper.lab.sql.engine.ServerTime;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.engine.UserAccess;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.SetType;
import io.poolkeeper.lab.sql.media.StoredFile;
import io.poolkeeper.lab.sql.tsql.Statement;
import java.util.UUID;

/** Makes the header of a new set out of the statement and the state of its database. */
final class SetHeader {
    private static final long PAGE = 8192;
    private static final long LOG_BYTES = 2 << 20;
    private static final long DATA_BYTES = 3 << 20;

    private final StatementContext context;
    private final Statement.Backup statement;
    private final Database database;
    private final SetType type;

    SetHeader(StatementContext context, Statement.Backup statement, Database database, SetType type) {
        this.context = context;
        this.statement = statement;
        this.database = database;
        this.type = type;
    }

    /** The header of a set that tells everything up to a log sequence number. */
    BackupSet of(long lsn, int position) {
        return new BackupSet(
                identity(position),
                origin(),
                log(lsn),
                options(),
                database.files().stream().map(SetHeader::file).toList(),
                new BackupSet.Extent(false, 0, 0, ServerTime.now(), null));
    }

    private BackupSet.Identity identity(int position) {
        return new BackupSet.Identity(
                UUID.randomUUID(),
                type,
                position,
                option("NAME"),
                option("DESCRIPTION"),
                context.session().login().user());
    }

    private String option(String name) {
        return statement.options().value(name).map(context.variables()::text).orElse(null);
    }

    private BackupSet.Origin origin() {
        var profile = context.instance().profile();
        var version = profile.version();
        return new BackupSet.Origin(
                profile.serverName(),
                profile.machine(),
                version.major(),
                version.minor(),
                version.build(),
                database.name(),
                version.databaseVersion(),
                database.createDate(),
                database.guid(),
                database.familyGuid(),
                database.collation(),
                database.compatibilityLevel(),
                database.recoveryModel().label(),
                database.userAccess() == UserAccess.SINGLE_USER);
    }

    private BackupSet.Log log(long lsn) {
        var chain = database.chain();
        var isLog = type == SetType.LOG;
        var base = type == SetType.DIFFERENTIAL ? chain.base().orElse(null) : null;
        var first = isLog ? chain.logStart().orElse(lsn) : lsn;
        return new BackupSet.Log(
                first,
                isLog ? lsn : lsn + 1,
                isLog ? chain.lastFullCheckpoint() : lsn,
                chain.lastFullCheckpoint(),
                base == null ? 0 : base.lsn(),
                base == null ? null : base.setId(),
                chain.fork(),
                chain.fork(),
                isLog && chain.beginsLog());
    }

    private BackupSet.Choices options() {
        var options = statement.options();
        return new BackupSet.Choices(
                options.has("CHECKSUM"),
                options.has("COPY_ONLY"),
                options.has("COMPRESSION"),
                options.has("NORECOVERY"));
    }

    private static StoredFile file(DatabaseFile file) {
        return new StoredFile(
                file.id(),
                file.log(),
                file.logicalName(),
                file.physicalName(),
                file.guid(),
                file.log() ? LOG_BYTES : DATA_BYTES,
                file.log() ? PAGE : DATA_BYTES);
    }
}

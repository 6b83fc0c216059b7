// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.Faults;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.tsql.Statement;

/** What was injected to go wrong during one BACKUP. Faults strike between two percents. */
final class BackupFaults {
    private final StatementContext context;
    private final Statement.Backup statement;
    private final Database database;
    private final Faults faults;

    BackupFaults(StatementContext context, Statement.Backup statement, Database database) {
        this.context = context;
        this.statement = statement;
        this.database = database;
        faults = context.instance().faults();
    }

    /** Fails where another backup is to seem under way. */
    void beforeLock() {
        faults.ofBackup(Fault.BackupRunning.class, database.name()).ifPresent(fault -> {
            throw SqlFailure.of(3023);
        });
    }

    /** So many percent are written. */
    void strike(int percent) {
        var name = database.name();
        faults.ofBackup(Fault.Slow.class, name)
                .ifPresent(fault -> context.execution().sleep(fault.perPercent()));
        faults.ofBackup(Fault.Cut.class, name)
                .filter(fault -> fault.atPercent() <= percent)
                .ifPresent(fault -> cut());
        faults.ofBackup(Fault.WriteFails.class, name)
                .filter(fault -> fault.atPercent() <= percent)
                .ifPresent(fault -> {
                    throw new WriteFault(fault.error());
                });
        faults.ofBackup(Fault.PageDamaged.class, name)
                .filter(fault ->
                        fault.atPercent() <= percent && statement.options().has("CHECKSUM"))
                .ifPresent(fault -> {
                    throw damaged(fault.page());
                });
    }

    private void cut() {
        context.session().kill();
        context.execution().check();
    }

    private SqlFailure damaged(long page) {
        var file = database.files().stream().filter(f -> !f.log()).findFirst().orElseThrow();
        return SqlFailure.of(3043, database.name(), 1, page, file.physicalName());
    }

    /** An injected error of the operating system. */
    static final class WriteFault extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient OsError error;

        WriteFault(OsError error) {
            super(error.toString());
            this.error = error;
        }

        OsError error() {
            return error;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Maintenance;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.tsql.Statement;

/** BACKUP and RESTORE for an instance. */
public final class BackupAndRestore implements Maintenance {
    @Override
    public void backup(Statement.Backup statement, StatementContext context) {
        new BackupCommand(statement, context).run();
    }

    @Override
    public void restore(Statement.Restore statement, StatementContext context) {
        new RestoreCommand(statement, context).run();
    }

    @Override
    public void inspect(Statement.Inspect statement, StatementContext context) {
        new InspectCommand(statement, context).run();
    }
}

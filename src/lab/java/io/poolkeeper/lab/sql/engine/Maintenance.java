// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.tsql.Statement;

/** Who carries out BACKUP and RESTORE. Failures are thrown as {@link SqlFailure}. */
public interface Maintenance {
    /** BACKUP DATABASE and BACKUP LOG. */
    void backup(Statement.Backup statement, StatementContext context);

    /** RESTORE DATABASE and RESTORE LOG. */
    void restore(Statement.Restore statement, StatementContext context);

    /** RESTORE VERIFYONLY, HEADERONLY, FILELISTONLY and LABELONLY. */
    void inspect(Statement.Inspect statement, StatementContext context);
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.StepFault;
import java.sql.Connection;

/** An instance that reads backups, and its open connection: the one they came from or, if it cannot be reached, that for drills. */
record BackupReader(SqlSource source, Connection connection) {
    /**
     * Connects to one of them.
     *
     * @throws StepFault if neither can be reached
     */
    static BackupReader open(Site site, SqlSource source) {
        try {
            return new BackupReader(source, SqlConnections.open(source, SqlConnections.LOGIN));
        } catch (StepFault e) {
            var other = source.drill().map(site.sql()::get).orElseThrow(() -> e);
            return new BackupReader(other, SqlConnections.open(other, SqlConnections.LOGIN));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import java.sql.SQLException;

/**
 * An instance that reads backups: the one they came from or, if the driver cannot reach that, the one for drills. Where the
 * source is asked by sqlcmd, the one for drills comes first; where only its own host can ask it, it is never the source.
 */
record BackupReader(SqlSource source, Statements statements) implements AutoCloseable {
    /**
     * Connects to one of them.
     *
     * @throws StepFault if neither can be reached
     */
    static BackupReader open(Site site, SqlSource source, Work work) {
        var clients = new Clients(site);
        var drill = source.drill().map(site.sql()::get);
        var first = source.bySqlcmd() ? drill.orElse(source) : source;
        try {
            return new BackupReader(first, clients.open(first, work));
        } catch (StepFault e) {
            if (site.askedByHost(source)) {
                throw e;
            }
            var second = first.equals(source) ? drill.orElseThrow(() -> e) : source;
            return new BackupReader(second, clients.open(second, work));
        }
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}

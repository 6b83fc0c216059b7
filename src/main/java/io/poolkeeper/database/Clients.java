// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.Unattended;
import java.sql.SQLException;
import java.time.Duration;

/** The way to an instance: Java's driver or, where the site file says so, sqlcmd. */
final class Clients {
    private final Site site;

    Clients(Site site) {
        this.site = site;
    }

    /**
     * For the work of a step, which may take long and may be cancelled.
     *
     * @throws StepFault if the driver cannot reach the server; sqlcmd finds out at the first question
     */
    Statements open(SqlSource source, Work work) {
        requireHere(source);
        return source.bySqlcmd()
                ? new SqlcmdStatements(site, source, SqlConnections.LOGIN, work)
                : new JdbcStatements(SqlConnections.open(source, SqlConnections.LOGIN), work);
    }

    private void requireHere(SqlSource source) {
        if (site.askedByHost(source)) {
            throw new PermanentFault(
                    "sql." + source.key() + " is asked by host " + source.worker()
                            + " alone, which works by hand-off, and by nobody here",
                    "where this is needed, let a worker with Java reach the instance");
        }
    }

    /**
     * For a few questions that must be answered soon.
     *
     * @param login how long logging in may take
     * @param answer how long one statement may take
     * @throws StepFault if the driver cannot reach the server; sqlcmd finds out at the first question
     */
    Statements bounded(SqlSource source, Duration login, Duration answer) throws SQLException {
        requireHere(source);
        if (source.bySqlcmd()) {
            return new SqlcmdStatements(site, source, login, new Unattended(login.plus(answer)));
        }
        var connection = SqlConnections.open(source, login);
        // longer than a statement's own time-out, which ends it on the server as well
        connection.setNetworkTimeout(
                Runnable::run, (int) answer.plus(Duration.ofSeconds(10)).toMillis());
        return new JdbcStatements(connection, new Unattended(answer), (int) answer.toSeconds());
    }
}

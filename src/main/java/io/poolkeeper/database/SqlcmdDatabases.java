// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks instances that only sqlcmd reaches what the routes ask the others over their jdbc endpoints, in the same words. */
public final class SqlcmdDatabases {
    private final Site site;
    private final DiscoverDatabases databases;
    private final Sentinel sentinel;

    /** Asks the instances of a site. */
    public SqlcmdDatabases(Site site) {
        this.site = site;
        this.databases = new DiscoverDatabases(site);
        this.sentinel = new Sentinel(site);
    }

    /** Whether an instance is asked by sqlcmd; false for one that the site file does not name. */
    public boolean reaches(String sqlKey) {
        var source = site.sql().get(sqlKey);
        return source != null && source.bySqlcmd();
    }

    /** The databases of the instance that a step is about; one that cannot be asked is a finding. */
    public Output.Discovered discover(Step step) {
        var key = databases.sqlKey(step);
        return DiscoverDatabases.found(
                databases.look(Objects.requireNonNull(site.sql().get(key)), DiscoverDatabases.LOGIN));
    }

    /** Adds to what was found what the history tells; one that cannot be read is something to know. */
    public Output.Discovered watch(Step step, Output.Discovered found, Work work) {
        var key = databases.sqlKey(step);
        var instance = found.inventory().sql().get(key);
        if (instance == null || !instance.reachable()) {
            return found;
        }
        try {
            return sentinel.watched(step, found, ask(key, "watch-history.sql", work));
        } catch (SQLException e) {
            return sentinel.blind(step, found, e);
        } catch (StepFault e) {
            work.checkCancelled();
            return sentinel.blind(step, found, new SQLException(e.getMessage(), e));
        }
    }

    /**
     * What msdb knows of all backups of an instance.
     *
     * @throws StepFault if it cannot be asked
     */
    public List<Map<String, Object>> history(String sqlKey, Work work) {
        try {
            return ask(sqlKey, "observe-database.sql", work);
        } catch (SQLException e) {
            throw SqlFaults.sort("asking sql." + sqlKey + " for the history of backups", e);
        }
    }

    private List<Map<String, Object>> ask(String sqlKey, String question, Work work) throws SQLException {
        var source = Objects.requireNonNull(site.sql().get(sqlKey));
        try (var statements = new Clients(site).open(source, work)) {
            return statements.ask(DiscoverDatabases.question(question)).stream()
                    .map(Row::asMap)
                    .toList();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks instances that only sqlcmd reaches what the routes ask the others over their jdbc endpoints, in the same words. */
public final class SqlcmdDatabases {
    private final Site site;
    private final DiscoverDatabases databases;
    private final Sentinel sentinel;
    private final DiscoverByHost byHost;

    /**
     * Asks the instances of a site.
     *
     * @param handOff has those asked that only a host without Java reaches
     */
    public SqlcmdDatabases(Site site, HandOff handOff, Clock clock) {
        this.site = site;
        this.byHost = new DiscoverByHost(site, handOff, clock);
        this.databases = new DiscoverDatabases(site);
        this.sentinel = new Sentinel(site);
    }

    /** Whether an instance is asked by sqlcmd; false for one that the site file does not name. */
    public boolean reaches(String sqlKey) {
        var source = site.sql().get(sqlKey);
        return source != null && source.bySqlcmd();
    }

    /** The databases of the instance that a step is about; one that cannot be asked is a finding. */
    public Output.Discovered discover(Step step, Work work) {
        var key = databases.sqlKey(step);
        if (askedByHost(key)) {
            return byHost.discover(step, Objects.requireNonNull(site.sql().get(key)), work);
        }
        return DiscoverDatabases.found(
                databases.look(Objects.requireNonNull(site.sql().get(key)), DiscoverDatabases.LOGIN));
    }

    /** Adds to what was found what the history tells; one that cannot be read is something to know. */
    public Output.Discovered watch(Step step, Output.Discovered found, Work work) {
        var key = databases.sqlKey(step);
        var instance = found.inventory().sql().get(key);
        if (instance == null || !instance.reachable() || askedByHost(key)) {
            return found; // a host tells both at once
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

    private boolean askedByHost(String key) {
        return site.askedByHost(Objects.requireNonNull(site.sql().get(key)));
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

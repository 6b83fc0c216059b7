// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HandOffFolder;
import io.poolkeeper.tool.HostSign;
import io.poolkeeper.tool.Limited;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Has a host without Java list the databases of its instance, and what others did to their chains. Everything else of a run waits
 * for this, so a host that is silent is not waited for, and any other not for long: then what an earlier run found serves.
 */
final class DiscoverByHost {
    /** Its task runs every minute, and the answer takes seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int PART_OF_THE_TIME = 4;

    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final Site site;
    private final HandOff handOff;
    private final Clock clock;
    private final Sentinel sentinel;

    DiscoverByHost(Site site, HandOff handOff, Clock clock) {
        this.site = site;
        this.handOff = handOff;
        this.clock = clock;
        this.sentinel = new Sentinel(site);
    }

    /** What the instance holds; one that cannot be asked is a finding. */
    Output.Discovered discover(Step step, SqlSource source, Work work) {
        try {
            requireSeen(source);
            return asked(step, source, work);
        } catch (SQLException e) {
            return unreachable(
                    source,
                    SqlFaults.sort("asking sql." + source.key() + " for its databases by host " + step.worker(), e));
        } catch (StepFault e) {
            work.checkCancelled();
            return unreachable(source, e);
        }
    }

    private static Output.Discovered unreachable(SqlSource source, StepFault fault) {
        return DiscoverDatabases.found(DiscoverDatabases.unreachable(source.key(), fault));
    }

    private void requireSeen(SqlSource source) {
        var folder = new HandOffFolder(Objects.requireNonNull(site.workers().get(source.worker()), source.worker())
                .handOff()
                .orElseThrow());
        if (!HostSign.seenSince(folder, clock.instant().minus(SILENCE))) {
            throw new TransientFault(
                    "host " + source.worker() + " is not asked for the databases of sql." + source.key() + ": "
                            + HostSign.words(folder, clock.instant()),
                    "does its task run there every minute, or is it busy with a job? 'check' tells more");
        }
    }

    private Output.Discovered asked(Step step, SqlSource source, Work work) throws SQLException {
        try {
            var folder = Files.createTempDirectory("poolkeeper-host-", Disk.folderRights());
            try {
                var share = work.timeLeft().dividedBy(PART_OF_THE_TIME);
                var most = share.compareTo(PATIENCE) < 0 ? share : PATIENCE;
                var done = handOff.run(HostSql.discoverJob(source), step, folder, Limited.to(most, work));
                var answers = HostSql.discovery(HandOffFolder.id(step, step.attempt()))
                        .answers(source, CaptureByHost.said(step, folder, done.tool()), done.tool());
                var rows = maps(answers.ask(DiscoverDatabases.question("discover-databases.sql")));
                return watched(
                        step,
                        DiscoverDatabases.found(DiscoverDatabases.instance(source.key(), rows, done.started())),
                        answers);
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw new TransientFault(
                    "what host " + step.worker() + " told cannot be written or read: " + e,
                    "has the folder for temporary files of this account free space?",
                    e);
        }
    }

    private Output.Discovered watched(Step step, Output.Discovered found, Statements answers) {
        try {
            return sentinel.watched(step, found, maps(answers.ask(DiscoverDatabases.question("watch-history.sql"))));
        } catch (SQLException e) {
            return sentinel.blind(step, found, e);
        }
    }

    private static List<Map<String, Object>> maps(List<Row> rows) {
        return rows.stream().map(Row::asMap).toList();
    }
}

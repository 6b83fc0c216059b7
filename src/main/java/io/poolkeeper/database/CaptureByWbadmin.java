// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.site.WindowsBackup;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.ImageTurns;
import io.poolkeeper.tool.Wbadmin;
import io.poolkeeper.tool.WindowsImage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Captures a database by an image of Windows Server Backup, on the server that it is on. The image stays at its target; a set
 * records where.
 *
 * <p>It counts as done when SQL Server's VSS writer was well before, when wbadmin took an image, and when msdb has a row that the
 * image's snapshot left for this very database. That it can be restored is known when somebody restored it, and not before.
 */
public final class CaptureByWbadmin implements StepHandler {
    private final Site site;
    private final ImageTurns turns;
    private final Clock clock;

    /**
     * Captures databases of a site's instances.
     *
     * @param turns shared by all that takes images on this host
     * @param clock that of this host
     */
    public CaptureByWbadmin(Site site, ImageTurns turns, Clock clock) {
        this.site = site;
        this.turns = turns;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        var source = CaptureDatabase.source(site, step.part());
        var server = site.serverOf(source)
                .orElseThrow(() -> new PermanentFault(
                        "this worker's site file does not name the server of sql." + source.key(),
                        "give all workers the same site file"));
        var wanted = places(step, work, source, server);
        var image = turns.image(step.run(), source.key(), wanted, work, () -> take(step, work, source, server, wanted));
        try (var connection = SqlConnections.open(source, SqlConnections.LOGIN)) {
            return captured(step, server, image, connection, new JdbcStatements(connection, work));
        } catch (SQLException e) {
            throw fault(step, work, source, e);
        }
    }

    private List<String> places(Step step, Work work, SqlSource source, Pool.Server server) {
        try (var connection = SqlConnections.open(source, SqlConnections.LOGIN)) {
            requireOnline(step, source, connection);
            return FilePlaces.of(
                    BackupFile.live(
                            new JdbcStatements(connection, work), step.part().leaf()),
                    site.wbadmin().wholeVolumes() || !WindowsBackup.takesFolders(server.os()));
        } catch (SQLException e) {
            throw fault(step, work, source, e);
        }
    }

    private static RuntimeException fault(Step step, Work work, SqlSource source, SQLException e) {
        work.checkCancelled();
        return SqlFaults.sort("taking an image of " + step.part() + " on sql." + source.key(), e);
    }

    /** VSS leaves out what is not online. */
    private static void requireOnline(Step step, SqlSource source, Connection connection) throws SQLException {
        var database = step.part().leaf();
        try (var statement = connection.prepareStatement("SELECT state_desc FROM sys.databases WHERE name = ?")) {
            statement.setString(1, database);
            try (var row = statement.executeQuery()) {
                var state = row.next() ? row.getString(1).strip() : "not there";
                if (!state.equals("ONLINE")) {
                    throw new PermanentFault(
                            "database " + database + " on sql." + source.key() + " is " + state
                                    + ": an image would hold nothing of use",
                            "bring it online with ALTER DATABASE " + Quoted.name(database)
                                    + " SET ONLINE, or exclude it under dispositions");
                }
            }
        }
    }

    private WindowsImage take(Step step, Work work, SqlSource source, Pool.Server server, List<String> wanted) {
        var wbadmin = new Wbadmin(site, server.os(), clock);
        wbadmin.requireSqlWriter(work);
        return wbadmin.take(step, wanted, mark(step, work, source), work);
    }

    private static long mark(Step step, Work work, SqlSource source) {
        try (var connection = SqlConnections.open(source, SqlConnections.LOGIN)) {
            return SnapshotHistory.newest(connection);
        } catch (SQLException e) {
            throw fault(step, work, source, e);
        }
    }

    private Output.Captured captured(
            Step step, Pool.Server server, WindowsImage image, Connection connection, Statements statements)
            throws SQLException {
        var row = SnapshotHistory.since(connection, step.part().leaf(), image.mark())
                .orElseThrow(() -> new PermanentFault(
                        "wbadmin took " + image.where() + ", but msdb has no snapshot of " + step.part()
                                + " since then: SQL Server had no part in it, so its files are of no use",
                        "does this worker run on " + server.fqdn() + ", and has  vssadmin list writers  no error now?"
                                + " If it has none, take whole volumes: wbadmin.include: volumes"));
        if (row.damaged()) {
            throw new PermanentFault(
                    "msdb marks the snapshot of " + step.part() + " in " + image.where() + " as damaged",
                    "run DBCC CHECKDB on the database");
        }
        var facts = ServerFacts.ask(statements);
        return new Output.Captured(
                List.of(),
                recorded(server, image, row, statements, step),
                Map.of("sqlServer", facts.version(), "edition", facts.edition()),
                Level.FULL,
                null,
                warnings(row));
    }

    private ObjectNode recorded(
            Pool.Server server, WindowsImage image, SnapshotHistory.Row row, Statements statements, Step step)
            throws SQLException {
        var recorded = JsonNodeFactory.instance.objectNode();
        var serverClock = ServerClock.ask(statements);
        new ObservedBackup(
                        earlier(row.at(serverClock), clock.instant()).truncatedTo(ChronoUnit.MILLIS),
                        "Windows Server Backup on " + server.fqdn(),
                        image.where())
                .write(recorded);
        image.write(recorded);
        if (site.wbadmin().fullServer()) {
            recorded.put("not_in_it", WindowsBackup.NOT_IN_IT);
        }
        recorded.put("worker", step.worker());
        recorded.put("vss", site.wbadmin().full() ? "full" : "copy");
        recorded.set("clock", serverClock.json());
        recorded.set("snapshot", row.json());
        recorded.set(
                "files", BackupFile.json(BackupFile.live(statements, step.part().leaf())));
        return recorded;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private List<String> warnings(SnapshotHistory.Row row) {
        var warnings = new ArrayList<String>();
        if (!site.wbadmin().full() && !row.copyOnly()) {
            warnings.add("msdb does not mark the snapshot as copy-only although -vssCopy was asked for:"
                    + " differentials of other backups may count from it now");
        }
        return warnings;
    }
}

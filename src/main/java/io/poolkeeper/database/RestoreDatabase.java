// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.MediaCheck;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.StoredChain;
import io.poolkeeper.site.AcceptedRisk;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores a database, with all that its set builds on, under another name on the instance for drills, lets DBCC CHECKDB read all of it, and compares its rows
 * with what was recorded at capture. Never on the instance that the backup came from, unless that risk was accepted.
 */
public final class RestoreDatabase implements StepHandler {
    private final Site site;

    /** Restores databases of a site. */
    public RestoreDatabase(Site site) {
        this.site = site;
    }

    @Override
    public Output handle(Step step, Work work) {
        var target = target(step);
        var judged = PartCheck.judge(step, work, stored -> restore(step, work, stored, target));
        if (judged.verdict() != Verdict.PROVEN) {
            return judged;
        }
        var kept = step.keep() || step.action() == Action.RESTORE;
        return new Judged(
                Verdict.PROVEN,
                Depth.RESTORED,
                List.of(),
                null,
                judged.bytes(),
                kept ? "sql:" + target.key() + "/" + sandboxName(step) : null);
    }

    private SqlSource target(Step step) {
        var source = CaptureDatabase.source(site, step.part());
        var key = source.drill()
                .orElseThrow(() -> new PermanentFault(
                        "there is no instance to restore " + step.part() + " on",
                        "name one under sql." + source.key() + ".drill"));
        var target = site.sql().get(key);
        if (target == null || (target.url().equals(source.url()) && !site.accepts(AcceptedRisk.Risk.DRILL_ON_SOURCE))) {
            throw new PermanentFault(
                    "sql." + key + " is the instance that " + step.part() + " came from",
                    "a drill needs another instance");
        }
        return target;
    }

    /** Names run, step and attempt, so that two drills and two instances' masters never meet; SQL Server allows 128 characters. */
    private static String sandboxName(Step step) {
        var name = step.part().leaf() + "_" + (step.run() + step.attemptName()).replaceAll("[^A-Za-z0-9]", "");
        return name.length() <= 128 ? name : name.substring(name.length() - 128);
    }

    /**
     * One trial restore.
     *
     * @param chain what is restored, oldest first: a full backup, then what builds on it
     */
    private record Trial(
            Step step,
            Work work,
            StoredPart stored,
            List<StoredPart> chain,
            SqlSource target,
            String name,
            boolean keep) {
        String doing() {
            return "restoring " + step.part() + " as " + name + " on sql." + target.key();
        }

        String staged(int link) {
            return step.run() + "-" + step.attemptName() + "-" + link + ".bak";
        }
    }

    private Finding restore(Step step, Work work, StoredPart stored, SqlSource target) {
        try {
            var chain = StoredChain.of(stored);
            var damages = damagedBefore(chain, work);
            var keep = step.keep() || step.action() == Action.RESTORE;
            return damages.isEmpty()
                    ? restore(new Trial(step, work, stored, chain, target, sandboxName(step), keep))
                    : new Finding(damages, null);
        } catch (StoredChain.Broken e) {
            return new Finding(List.of(new Damage(step.part().toString(), String.valueOf(e.getMessage()))), null);
        } catch (IOException | MalformedDocument e) {
            return new Finding(List.of(), "what " + step.part() + " builds on cannot be read: " + e.getMessage());
        }
    }

    /** The bytes of what the wanted set builds on; those of the set itself have been looked at already. */
    private static List<Damage> damagedBefore(List<StoredPart> chain, Work work) throws IOException {
        var damages = new ArrayList<Damage>();
        for (var link : chain.subList(0, chain.size() - 1)) {
            damages.addAll(PartCheck.againstLedger(link));
            var media = MediaCheck.of(link.setFolder(), link.part().artefacts(), work);
            if (media.unknown() != null) {
                throw new IOException(media.unknown());
            }
            media.damages()
                    .forEach(damage ->
                            damages.add(new Damage(link.manifest().set() + "/" + damage.file(), damage.what())));
        }
        return damages;
    }

    private static Finding restore(Trial trial) {
        var staging = new Staging(trial.target());
        for (var link = 0; link < trial.chain().size(); link++) {
            var from = trial.chain().get(link);
            var artefact = from.part().artefacts().get(0);
            staging.place(from.setFolder().resolve(artefact.path()), artefact, trial.staged(link));
        }
        try (var connection = SqlConnections.open(trial.target(), SqlConnections.LOGIN)) {
            var damages = new ArrayList<Damage>();
            try {
                restore(trial, connection, staging);
                check(trial, connection, damages);
                compare(trial, connection, damages);
            } catch (SQLException e) {
                trial.work().checkCancelled();
                if (!SqlFaults.damage(e)) {
                    throw e;
                }
                damages.add(damage(trial, e));
            } finally {
                if (!trial.keep() || !damages.isEmpty()) {
                    drop(trial, connection);
                }
            }
            return new Finding(damages, null);
        } catch (SQLException e) {
            throw SqlFaults.sort(trial.doing(), e);
        } finally {
            for (var link = 0; link < trial.chain().size(); link++) {
                staging.remove(trial.staged(link));
            }
        }
    }

    private static Damage damage(Trial trial, SQLException e) {
        return new Damage(
                trial.step().part().toString(),
                String.join(
                        "; ",
                        SqlFaults.chain(e).stream()
                                .map(m -> m.number() + " " + m.text())
                                .toList()));
    }

    /** Every link but the last leaves the database restoring, so that the next can follow. */
    private static void restore(Trial trial, Connection connection, Staging staging) throws SQLException {
        var last = trial.chain().size() - 1;
        for (var link = 0; link <= last; link++) {
            var device = staging.seenByServer(trial.staged(link));
            var level = trial.chain().get(link).part().level();
            var sql = (level == Level.LOG ? "RESTORE LOG " : "RESTORE DATABASE ") + Quoted.name(trial.name())
                    + " FROM DISK = " + Quoted.text(device) + " WITH "
                    + (link == 0 ? moves(trial, connection, device) : "") + "CHECKSUM, "
                    + (link == last ? "RECOVERY" : "NORECOVERY") + ", STATS = 5";
            execute(trial, connection, sql);
        }
    }

    private static void execute(Trial trial, Connection connection, String sql) throws SQLException {
        ServerMessages.listen(connection, trial.work());
        try (var statement = connection.createStatement()) {
            trial.work().onCancel(() -> {
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException("the statement cannot be cancelled", e);
                }
            });
            statement.execute(sql);
        } finally {
            trial.work().onCancel(() -> {});
        }
    }

    /** Each file of the backup gets a name of the sandbox's own, beside the data files of the target's master. */
    private static String moves(Trial trial, Connection connection, String device) throws SQLException {
        var folder = dataFolder(connection);
        var moves = new StringBuilder();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("RESTORE FILELISTONLY FROM DISK = " + Quoted.text(device))) {
            for (var number = 1; row.next(); number++) {
                var extension = "L".equals(row.getString("Type").strip()) ? ".ldf" : ".mdf";
                var file = folder + trial.name() + "_" + number + extension;
                moves.append("MOVE ")
                        .append(Quoted.text(row.getString("LogicalName")))
                        .append(" TO ")
                        .append(Quoted.text(file))
                        .append(", ");
            }
        }
        return moves.toString();
    }

    private static String dataFolder(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT physical_name FROM sys.master_files WHERE database_id = 1 AND type = 0")) {
            if (!row.next()) {
                throw new PermanentFault(
                        "the instance for drills does not tell where master lies",
                        "grant the login VIEW ANY DEFINITION");
            }
            var file = row.getString(1);
            return file.substring(0, Math.max(file.lastIndexOf('\\'), file.lastIndexOf('/')) + 1);
        }
    }

    private static void check(Trial trial, Connection connection, List<Damage> damages) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DBCC CHECKDB (" + Quoted.name(trial.name()) + ") WITH NO_INFOMSGS, ALL_ERRORMSGS");
            drain(statement);
        } catch (SQLException e) {
            trial.work().checkCancelled();
            damages.add(new Damage(
                    trial.step().part().toString(),
                    "DBCC CHECKDB: "
                            + String.join(
                                    "; ",
                                    SqlFaults.chain(e).stream()
                                            .map(m -> m.number() + " " + m.text())
                                            .toList())));
        }
    }

    /** An error after the first result shows only when the next is asked for. */
    private static void drain(java.sql.Statement statement) throws SQLException {
        while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
            // nothing to keep: errors come as exceptions
        }
    }

    private static void compare(Trial trial, Connection connection, List<Damage> damages) throws SQLException {
        connection.setCatalog(trial.name());
        var rows = RowCounts.of(connection);
        connection.setCatalog("master");
        var recorded = trial.stored().part().recorded();
        var expected = recorded == null
                ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
                : recorded.path("rows");
        expected.properties().forEach(entry -> {
            var count = rows.remove(entry.getKey());
            if (count == null) {
                damages.add(new Damage(entry.getKey(), "is not in the restored database"));
            } else if (!within(entry.getValue(), count)) {
                damages.add(new Damage(
                        entry.getKey(),
                        "has " + count + " rows, recorded were "
                                + entry.getValue().path(0).asLong() + " to "
                                + entry.getValue().path(1).asLong()));
            }
        });
        rows.keySet().forEach(extra -> damages.add(new Damage(extra, "was not there at capture")));
    }

    private static boolean within(JsonNode range, long count) {
        return count >= range.path(0).asLong() && count <= range.path(1).asLong();
    }

    private static void drop(Trial trial, Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("IF DB_ID(" + Quoted.text(trial.name()) + ") IS NOT NULL DROP DATABASE "
                    + Quoted.name(trial.name()));
        }
    }
}

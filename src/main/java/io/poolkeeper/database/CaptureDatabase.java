// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Names;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Captures a database by BACKUP DATABASE or BACKUP LOG, at the level that {@link LevelChoice} finds, and collects the file into the vault.
 *
 * <p>It counts as done when the server said so by number (3014), when msdb has a row for exactly this device that is not
 * marked damaged, and when the whole file arrived. Every attempt writes a file name of its own, so nothing is ever appended
 * to an earlier one.
 */
public final class CaptureDatabase implements StepHandler {
    private static final int SUCCESSFULLY_PROCESSED = 3014;
    private static final int HISTORY_NOT_WRITTEN = 3009;
    private static final int DAMAGED_BUT_CONTINUED = 3042;
    private static final String NO_HISTORY = "SQL Server could not write the history of this backup to msdb (3009)";

    /** No full backup to count a differential from; no log of SIMPLE recovery, of master, or before the first full backup. */
    private static final Set<Integer> NO_CHAIN = Set.of(3035, 4208, 4212, 4214);

    private final Site site;
    private final Clients clients;
    private final Turns turns;
    private final CaptureByHost byHost;

    /**
     * Captures databases of a site's instances.
     *
     * @param handOff has those backed up that only a host without Java reaches
     */
    public CaptureDatabase(Site site, Turns turns, HandOff handOff) {
        this.site = site;
        this.clients = new Clients(site);
        this.turns = turns;
        this.byHost = new CaptureByHost(handOff);
    }

    @Override
    public Output handle(Step step, Work work) {
        var source = source(site, step.part());
        if (site.askedByHost(source)) {
            return byHost.capture(step, work, source);
        }
        return turns.during(source, work, () -> capture(step, work, source));
    }

    private Output capture(Step step, Work work, SqlSource source) {
        try (var statements = clients.open(source, work)) {
            requireOnline(step, source, statements);
            var level = new LevelChoice(step, work, source, statements).make();
            return capture(new Order(step, work, source, level), statements);
        } catch (SQLException e) {
            work.checkCancelled();
            throw SqlFaults.sort("backing up " + Quoted.name(step.part().leaf()) + " on sql." + source.key(), e);
        }
    }

    /** What one capture needs to know. */
    private record Order(Step step, Work work, SqlSource source, TakenLevel level) {
        String database() {
            return step.part().leaf();
        }

        /** A name of its own for each attempt. */
        String file() {
            return Names.encode(database()) + "-" + level.level().word() + "-" + step.run() + "-" + step.attempt()
                    + ".bak";
        }

        String device() {
            return source.seenByServer(file());
        }

        String doing() {
            return level.statement() + Quoted.name(database());
        }

        Order full(String why) {
            return new Order(step, work, source, TakenLevel.brokenChain(why));
        }
    }

    /**
     * The instance of a part.
     *
     * @throws PermanentFault if this worker's site file does not name it
     */
    static SqlSource source(Site site, PartId part) {
        var source = site.sql().get(part.owner());
        if (source == null) {
            throw new PermanentFault(
                    "there is no sql." + part.owner() + " in this worker's site file",
                    "give all workers the same site file");
        }
        return source;
    }

    private static Output.Captured capture(Order order, Statements statements) throws SQLException {
        var facts = ServerFacts.ask(statements);
        var before = rows(order, statements);
        try {
            return tidily(order, () -> captured(order, statements, facts, before, backUp(order, statements, facts)));
        } catch (SQLException e) {
            if (order.level().level() == Level.FULL
                    || !NO_CHAIN.contains(SqlFaults.cause(e).number())) {
                throw e;
            }
            var full = order.full(
                    "SQL Server has no chain to continue: " + SqlFaults.cause(e).text());
            return tidily(full, () -> captured(full, statements, facts, before, backUp(full, statements, facts)));
        }
    }

    /** What SQL Server wrote for a capture that failed helps nobody; a folder that fills up hurts. */
    private static Output.Captured tidily(Order order, Capture capture) throws SQLException {
        try {
            return capture.run();
        } catch (SQLException | RuntimeException e) {
            try {
                new Staging(order.source()).removeLeft(order.file());
            } catch (TransientFault undeleted) {
                e.addSuppressed(undeleted);
            }
            throw e;
        }
    }

    private interface Capture {
        Output.Captured run() throws SQLException;
    }

    private static Output.Captured captured(
            Order order, Statements statements, ServerFacts facts, Map<String, Long> before, List<String> warnings)
            throws SQLException {
        var after = rows(order, statements);
        var recorded = recorded(order, statements, before, after, warnings);
        requireChain(order, recorded);
        var artefact = new Staging(order.source())
                .collect(order.file(), order.work(), path(order.step().part(), order.level()));
        return new Output.Captured(
                List.of(artefact),
                recorded,
                facts.tools(statements),
                order.level().level(),
                order.level().base(),
                warnings);
    }

    /** Where the file lies in the set. */
    static String path(PartId part, TakenLevel level) {
        return "databases/" + Names.encode(part.owner()) + "/" + Names.encode(part.leaf()) + "-"
                + level.level().word() + ".bak";
    }

    /** Somebody may have moved the chain on between the question and the backup; the next attempt sees that. */
    private static void requireChain(Order order, ObjectNode recorded) {
        var before = order.level().before();
        var taken = BackupFacts.of(recorded);
        if (before == null || taken.isEmpty()) {
            return;
        }
        var fits = order.level().level() == Level.LOG
                ? taken.get().continuesLogOf(before)
                : taken.get().isDifferentialOf(before);
        if (!fits) {
            throw new TransientFault(
                    order.doing() + " on sql." + order.source().key() + " does not continue set "
                            + order.level().base(),
                    "does another product back this database up? then say so: sql."
                            + order.source().key() + ".chain: foreign");
        }
    }

    /** What {@link #requireOnline} asks. */
    static String state(String database) {
        return "SELECT name, state_desc FROM sys.databases WHERE name = " + Quoted.text(database);
    }

    static void requireOnline(Step step, SqlSource source, Statements statements) throws SQLException {
        var database = step.part().leaf();
        var rows = statements.ask(state(database));
        if (rows.isEmpty()) {
            throw new PermanentFault(
                    "database " + database + " is not on sql." + source.key() + " (any more)",
                    "was it dropped or renamed? run 'plan' to see what the instance holds now");
        }
        var state = rows.get(0).text("state_desc").strip();
        if (!state.equals("ONLINE")) {
            throw new PermanentFault(
                    "database " + database + " on sql." + source.key() + " is " + state,
                    "bring it online with ALTER DATABASE " + Quoted.name(database)
                            + " SET ONLINE, or exclude it under dispositions");
        }
    }

    private static Map<String, Long> rows(Order order, Statements statements) throws SQLException {
        return RowCounts.of(statements, order.database());
    }

    private static List<String> backUp(Order order, Statements statements, ServerFacts facts) throws SQLException {
        var options = order.level().options() + (facts.compresses() ? "COMPRESSION, " : "") + "STATS = 5, ";
        var said = statements.run(
                statement(order.doing(), order.device(), options, order.step().run()));
        return judged(said, order.doing(), order.level());
    }

    /** The backup of one database, with checksums, into a file that holds nothing else. */
    static String statement(String doing, String device, String options, String name) {
        return doing + " TO DISK = " + Quoted.text(device) + " WITH " + options + "FORMAT, INIT, CHECKSUM, NAME = "
                + Quoted.text("poolkeeper " + name);
    }

    /**
     * Whether the server said that a backup was made.
     *
     * @return what somebody should know although it was
     * @throws SQLException with all messages of the server, if it was not
     */
    static List<String> judged(Said said, String doing, TakenLevel level) throws SQLException {
        var warnings = new ArrayList<String>();
        if (level.broken()) {
            warnings.add("took a full backup: " + level.why());
        }
        var error = said.error();
        if (error != null) {
            if (SqlFaults.chain(error).stream().noneMatch(message -> message.number() == HISTORY_NOT_WRITTEN)
                    || !said.heard(SUCCESSFULLY_PROCESSED)) {
                throw error;
            }
            warnings.add(NO_HISTORY);
        }
        if (!said.heard(SUCCESSFULLY_PROCESSED)) {
            throw new PermanentFault(
                    "SQL Server ended " + doing + " without saying that it succeeded (3014)",
                    "see the server's ERRORLOG");
        }
        if (said.heard(DAMAGED_BUT_CONTINUED)) {
            warnings.add("the database is damaged: this is a backup of a damaged database (3042)");
        }
        return warnings;
    }

    private static ObjectNode recorded(
            Order order,
            Statements statements,
            Map<String, Long> before,
            Map<String, Long> after,
            List<String> warnings)
            throws SQLException {
        var recorded = JsonNodeFactory.instance.objectNode();
        recorded.put("staged", order.file());
        recorded.set("clock", ServerClock.ask(statements).json());
        record(recorded, statements, order.database(), order.device(), order.level(), warnings);
        recorded.set("rows", counts(before, after));
        return recorded;
    }

    /** What a backup is compared with later, and whether msdb has it. */
    static void record(
            ObjectNode recorded,
            Statements statements,
            String database,
            String device,
            TakenLevel level,
            List<String> warnings)
            throws SQLException {
        recorded.set("files", BackupFile.json(BackupFile.live(statements, database)));
        if (level.why() != null) {
            recorded.put("promoted", level.why());
        }
        var history = BackupHistory.row(statements, database, device);
        if (history.isEmpty() && !warnings.contains(NO_HISTORY)) {
            throw new PermanentFault(
                    "msdb has no row for the backup of " + database + " to " + device,
                    "the server reported success but did not record it: see its ERRORLOG");
        }
        history.ifPresent(row -> {
            if (row.path("is_damaged").asBoolean()) {
                warnings.add("msdb marks this backup as damaged");
            }
            recorded.set("history", row);
        });
    }

    /** Of each table the rows before and after, the fewer first. */
    static ObjectNode counts(Map<String, Long> before, Map<String, Long> after) {
        var rows = JsonNodeFactory.instance.objectNode();
        var tables = new TreeMap<>(before);
        after.forEach(tables::putIfAbsent);
        tables.keySet()
                .forEach(table -> rows.putArray(table)
                        .add(Math.min(before.getOrDefault(table, 0L), after.getOrDefault(table, 0L)))
                        .add(Math.max(before.getOrDefault(table, 0L), after.getOrDefault(table, 0L))));
        return rows;
    }
}

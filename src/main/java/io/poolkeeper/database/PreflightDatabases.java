// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.site.AcceptedRisk.Risk;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks whether the databases of an instance could be backed up, verified and restored for proof. Every question to a server is
 * bounded. Thread-safe: instances are looked at side by side.
 */
public final class PreflightDatabases {
    /** A larger difference upsets Kerberos, and makes the times in msdb hard to compare. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Larger ones are not backed up only to try. */
    private static final long SMALL = 256L << 20;

    /** The limit of Express editions is one of user databases. */
    private static final Set<String> SYSTEM = Set.of("master", "tempdb", "model", "msdb");

    private final Site site;
    private final Clients clients;
    private final Function<Inventory.SqlInstance, Set<String>> captured;

    /**
     * Looks at the instances of a site.
     *
     * @param captured which of an instance's databases a backup captures
     */
    public PreflightDatabases(Site site, Function<Inventory.SqlInstance, Set<String>> captured) {
        this.site = site;
        this.clients = new Clients(site);
        this.captured = captured;
    }

    /**
     * Looks at one instance.
     *
     * @return bytes of the data files of the databases that are captured; 0 if nobody could find out
     */
    public long look(SqlSource source, Findings findings) {
        var about = "sql." + source.key();
        if (site.askedByHost(source)) {
            findings.ok(
                    about,
                    "is asked by host " + source.worker() + " alone, when a run begins; what is said of workers."
                            + source.worker() + " tells whether it can be");
            return 0;
        }
        var instance = new DiscoverDatabases(site).look(source, DiscoverDatabases.LOGIN);
        if (!instance.reachable()) {
            findings.problem(about, String.valueOf(instance.cause()), String.valueOf(instance.hint()));
            return 0;
        }
        try (var statements = clients.bounded(source, DiscoverDatabases.LOGIN, StagingProbe.BACKUP)) {
            return look(source, instance, statements, findings);
        } catch (SQLException e) {
            var fault = SqlFaults.sort("asking sql." + source.key(), e);
            findings.unknown(about, String.valueOf(fault.getMessage()), fault.hint());
        } catch (StepFault e) {
            findings.problem(about, e);
        }
        return 0;
    }

    private long look(SqlSource source, Inventory.SqlInstance instance, Statements statements, Findings findings)
            throws SQLException {
        var server = ServerFacts.ask(statements);
        answers(source, instance, server, findings);
        rights(source, statements, findings);
        var all = DatabaseFacts.ask(statements, logBackups(source, statements, findings));
        var wanted = source.drillOnly() ? Set.<String>of() : captured.apply(instance);
        var judge = new DatabaseJudge(source, server, logPlan(), findings);
        var databases = all.stream()
                .filter(database -> wanted.stream().anyMatch(database.name()::equalsIgnoreCase))
                .toList();
        databases.forEach(judge::captured);
        all.stream().filter(database -> !SYSTEM.contains(database.name())).forEach(judge::cap);
        new StagingProbe(source, statements, findings).run(small(databases));
        room(source, judge, databases, findings);
        return databases.stream().mapToLong(DatabaseFacts::dataBytes).sum();
    }

    private static void answers(
            SqlSource source, Inventory.SqlInstance instance, ServerFacts server, Findings findings) {
        var about = "sql." + source.key();
        findings.ok(
                about,
                server.name() + ", SQL Server " + server.version() + ", " + server.edition() + ", "
                        + instance.databases().size() + " databases"
                        + (server.compresses() ? ", backups are compressed" : ""));
        if (Math.abs(instance.skewSeconds()) > SKEW.toSeconds()) {
            findings.warning(
                    about,
                    "its clock differs from this host's by " + instance.skewSeconds() + " s",
                    "let both hosts follow the same time server");
        }
    }

    /** VERIFYONLY and HEADERONLY need it since SQL Server 2008, and every drill does. */
    private static void rights(SqlSource source, Statements statements, Findings findings) throws SQLException {
        var row = statements
                .ask("SELECT IS_SRVROLEMEMBER('sysadmin') AS sysadmin,"
                        + " HAS_PERMS_BY_NAME(NULL, NULL, 'CREATE ANY DATABASE') AS creates, SUSER_SNAME() AS login")
                .get(0);
        var about = "sql." + source.key() + ".user";
        var login = row.text("login");
        if (row.flag("sysadmin")) {
            findings.ok(about, login + " is a member of sysadmin");
        } else if (row.flag("creates")) {
            findings.ok(about, login + " may create databases, so that backups can be verified");
        } else {
            findings.problem(
                    about,
                    login + " lacks the right CREATE ANY DATABASE: SQL Server refuses RESTORE VERIFYONLY"
                            + (source.drillOnly() ? " and the restores of drills" : ""),
                    "GRANT CREATE ANY DATABASE TO the login, or make it a member of dbcreator");
        }
    }

    private static Map<String, Duration> logBackups(SqlSource source, Statements statements, Findings findings) {
        try {
            return DatabaseFacts.logBackups(statements);
        } catch (SQLException e) {
            findings.problem(
                    "sql." + source.key() + ".user",
                    "this login cannot read the history of backups in msdb: "
                            + SqlFaults.cause(e).number() + " "
                            + SqlFaults.cause(e).text(),
                    "map it to a user of msdb and make that a member of db_datareader there");
            return Map.of();
        }
    }

    private boolean logPlan() {
        return site.plans().values().stream()
                .anyMatch(plan -> plan.kind().equals("backup") && plan.level() == Level.LOG);
    }

    private static List<String> small(List<DatabaseFacts> databases) {
        var names = new ArrayList<String>();
        names.add("model");
        databases.stream()
                .filter(database -> database.state().equals("ONLINE") && database.dataBytes() <= SMALL)
                .sorted(Comparator.comparingLong(DatabaseFacts::dataBytes))
                .limit(3)
                .forEach(database -> names.add(database.name()));
        return names;
    }

    private static void room(SqlSource source, DatabaseJudge judge, List<DatabaseFacts> databases, Findings findings) {
        try {
            judge.room(databases, Files.getFileStore(source.collectFrom()).getUsableSpace());
        } catch (IOException e) {
            findings.unknown(
                    "sql." + source.key() + ".collectFrom",
                    "its free space cannot be found out: " + e,
                    "does the folder exist, and may the account that runs Poolkeeper enter it?");
        }
    }

    /** Looks whether databases of an instance can be proven by restoring them on its instance for drills. */
    public void drill(SqlSource source, Findings findings) {
        var about = "sql." + source.key() + ".drill";
        var drill = source.drill().map(site.sql()::get);
        if (drill.isEmpty()) {
            findings.warning(
                    about,
                    "there is no instance for drills: its databases are never restored and compared",
                    "declare another instance with purpose: drill, and name it under sql." + source.key() + ".drill");
            return;
        }
        var accepted = site.accepts(Risk.DRILL_ON_SOURCE);
        var judge = new DrillJudge(source, drill.get(), accepted, findings);
        if (site.askedByHost(source)) {
            findings.unknown(
                    about,
                    "the source is asked by its host alone, so nobody compares its release with sql."
                            + drill.get().key(),
                    "a drill tells: the instance for drills must be of the same release or a later one");
            return;
        }
        try {
            judge.judge(facts(source), facts(drill.get()));
        } catch (SQLException | StepFault e) {
            findings.unknown(
                    about,
                    "the source and sql." + drill.get().key() + " cannot be compared: " + e.getMessage(),
                    "see what is said about sql." + source.key() + " and sql."
                            + drill.get().key());
        }
    }

    private ServerFacts facts(SqlSource source) throws SQLException {
        try (var statements = clients.bounded(source, DiscoverDatabases.LOGIN, StagingProbe.BACKUP)) {
            return ServerFacts.ask(statements);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.tool.HostJob;
import io.poolkeeper.tool.HostJob.Command;
import io.poolkeeper.tool.Tool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The jobs that a host without Java does by sqlcmd: one lists the databases of an instance, the others back up one each. */
public final class HostSql {
    /** What sqlcmd printed. */
    static final String SAID = "said.txt";

    /** What certutil says of the backup. */
    static final String HASH = "hash.txt";

    /** The backup itself. */
    static final String BACKUP = "backup.bak";

    private static final int LONGEST = 90;

    private HostSql() {}

    /** The job that lists the databases of an instance. */
    public static HostJob discover(Site site, SqlSource source) {
        var name = discoverJob(source);
        return new HostJob(
                name,
                new PartId(Kind.SOURCE, "sql/" + source.key()),
                List.of(sqlcmd(site, source, name)),
                Map.of(script(name), discovery(HostQuestions.ID).script()));
    }

    static String discoverJob(SqlSource source) {
        return "discover-" + encoded(source.key());
    }

    static HostQuestions discovery(String id) {
        return new HostQuestions(
                id,
                List.of(
                        DiscoverDatabases.question("discover-databases.sql"),
                        DiscoverDatabases.question("watch-history.sql")));
    }

    /**
     * The job that backs up one database.
     *
     * @throws io.poolkeeper.step.StepFault if sqlcmd cannot be told its name
     */
    public static HostJob backup(Site site, PartId part) {
        var source = CaptureDatabase.source(site, part);
        var name = backupJob(part);
        var device = device(source, part, HostJob.ID);
        return new HostJob(
                name,
                part,
                List.of(
                        // of a job that was interrupted: this host does one at a time
                        Command.ofCmdTelling("tidied.txt", "del", "/q", device(source, part, "*")),
                        sqlcmd(site, source, name),
                        Command.ofCmdTelling(HASH, "certutil", "-hashfile", device, "SHA256"),
                        Command.ofCmd("move", "/y", device, HostJob.FOLDER + "\\" + BACKUP)),
                Map.of(script(name), questions(source, part, HostQuestions.ID).script()));
    }

    /** What the job of a database is called: plain letters, and of no other database. */
    public static String backupJob(PartId part) {
        return "sqlcmd-" + encoded(part.owner()) + ".." + encoded(part.leaf());
    }

    /** The backup as SQL Server, and the host on which it runs, see it. */
    static String device(SqlSource source, PartId part, String id) {
        return source.seenByServer("poolkeeper-" + backupJob(part) + "-" + id + ".bak");
    }

    static TakenLevel level(SqlSource source) {
        return TakenLevel.asked(source.foreignChain());
    }

    static String doing(SqlSource source, PartId part) {
        return level(source).statement() + Quoted.name(part.leaf());
    }

    /** In the order in which {@link CaptureByHost} wants the answers. */
    static HostQuestions questions(SqlSource source, PartId part, String id) {
        var database = part.leaf();
        HostQuestions.requirePlain(database);
        var device = device(source, part, id);
        return new HostQuestions(
                id,
                List.of(
                        ServerClock.QUESTION,
                        CaptureDatabase.state(database),
                        ServerFacts.QUESTION,
                        HostQuestions.in(database, RowCounts.QUESTION),
                        backup(source, part, id),
                        HostQuestions.in(database, RowCounts.QUESTION),
                        BackupFile.question(database),
                        BackupHistory.question(database, device),
                        VerifyDatabase.verifyOnly(device),
                        VerifyDatabase.headerOnly(device)));
    }

    static String backup(SqlSource source, PartId part, String id) {
        return CaptureDatabase.statement(
                doing(source, part), device(source, part, id), level(source).options(), id);
    }

    /** All messages come with their numbers, between the results; the variables of the environment are replaced. */
    private static Command sqlcmd(Site site, SqlSource source, String job) {
        var arguments = new ArrayList<>(List.of("-S", source.server()));
        if (source.authentication().equals("windows")) {
            arguments.add("-E");
        } else {
            arguments.addAll(List.of("-U", source.user().orElse("")));
        }
        arguments.addAll(List.of("-m-1", "-l", "15", "-W", "-w", "65535", "-s", "\t", "-u"));
        arguments.addAll(List.of("-i", HostJob.HERE + script(job), "-o", HostJob.FOLDER + "\\" + SAID));
        return Command.of(Tool.sqlcmd(site, source), arguments);
    }

    private static String script(String job) {
        return job + ".sql";
    }

    /**
     * Letters, digits, _ and - as they are; every other byte of UTF-8 as a dot and two digits; a long one is cut. Not as the vault
     * writes names: to a batch file a percent sign means something.
     */
    private static String encoded(String name) {
        var text = new StringBuilder();
        for (var b : name.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xFF);
            if (String.valueOf(c).matches("[A-Za-z0-9_-]")) {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, ".%02x", b & 0xFF));
            }
        }
        return text.length() <= LONGEST
                ? text.toString()
                : text.substring(0, LONGEST / 2) + ".h"
                        + Hashes.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}

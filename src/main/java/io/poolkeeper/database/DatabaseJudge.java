// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.Sizes;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;

/** What the facts about the databases of an instance mean for their backup. Asks nobody. */
final class DatabaseJudge {
    /** A log that nobody backed up for so long is not backed up by anybody. */
    private static final Duration LOG_AGE = Duration.ofDays(7);

    private static final int NEARLY_FULL = 80;

    private final SqlSource source;
    private final ServerFacts server;
    private final boolean logPlan;
    private final Findings findings;

    /**
     * A judge of one instance.
     *
     * @param logPlan whether the site file has a plan that backs up logs
     */
    DatabaseJudge(SqlSource source, ServerFacts server, boolean logPlan, Findings findings) {
        this.source = source;
        this.server = server;
        this.logPlan = logPlan;
        this.findings = findings;
    }

    private String about(DatabaseFacts database) {
        return "database:" + source.key() + "/" + database.name();
    }

    /** A database that is to be captured: one finding, or one for each thing that is not as it should be. */
    void captured(DatabaseFacts database) {
        var about = about(database);
        var before = findings.all().size();
        if (!database.state().equals("ONLINE")) {
            findings.problem(
                    about,
                    "is " + database.state(),
                    "bring it online with ALTER DATABASE " + Quoted.name(database.name())
                            + " SET ONLINE, or exclude it under dispositions");
            return;
        }
        right(database, DatabaseFacts.BACKUP);
        if (logPlan && database.keepsLog()) {
            right(database, DatabaseFacts.BACKUP_LOG);
        }
        definition(database);
        log(database);
        pages(database);
        if (findings.all().size() == before) {
            findings.ok(
                    about,
                    "ONLINE, " + database.recoveryModel() + ", page verify " + database.pageVerify() + ", "
                            + size(database) + "; this login may back it up");
        }
    }

    private static String size(DatabaseFacts database) {
        return database.dataBytes() == 0 ? "size unknown" : Sizes.text(database.dataBytes()) + " of data files";
    }

    private void right(DatabaseFacts database, String right) {
        var has = database.rights().get(right);
        if (has == null) {
            findings.unknown(
                    about(database),
                    "the server does not say whether this login has the right " + right,
                    "make it a member of db_backupoperator in that database");
        } else if (!has) {
            findings.problem(
                    about(database),
                    "this login lacks the right " + right + " (262)",
                    "in that database: map the login to a user and make it a member of db_backupoperator");
        }
    }

    private void definition(DatabaseFacts database) {
        if (Boolean.FALSE.equals(database.rights().get(DatabaseFacts.DEFINITION))) {
            findings.warning(
                    about(database),
                    "this login lacks VIEW DEFINITION, so it may not see all tables: fewer row counts are recorded, and"
                            + " a drill compares less",
                    "GRANT VIEW DEFINITION to its user in that database");
        }
    }

    private void log(DatabaseFacts database) {
        var since = database.sinceLog();
        if (logPlan || !database.keepsLog() || database.name().equalsIgnoreCase("master")) {
            return;
        }
        if (since == null || since.compareTo(LOG_AGE) > 0) {
            findings.warning(
                    about(database),
                    "recovery model " + database.recoveryModel() + ", but "
                            + (since == null
                                    ? "msdb knows of no backup of its log"
                                    : "its log was last backed up " + since.toDays() + " days ago")
                            + ": the log grows until its disk is full (9002)",
                    "add a plan with level: log, or set the recovery model to SIMPLE");
        }
    }

    private void pages(DatabaseFacts database) {
        if (!database.pageVerify().equals("CHECKSUM")) {
            findings.warning(
                    about(database),
                    "page verify is " + database.pageVerify()
                            + ": BACKUP WITH CHECKSUM cannot see pages that the disk damaged",
                    "ALTER DATABASE " + Quoted.name(database.name())
                            + " SET PAGE_VERIFY CHECKSUM; it protects each page from its next write on");
        }
    }

    /** Any user database of the instance, captured or not: one that has grown to the limit stops OCS. */
    void cap(DatabaseFacts database) {
        var cap = server.sizeCap();
        if (cap.isEmpty() || database.dataBytes() == 0) {
            return;
        }
        var limit = cap.getAsLong();
        var figures = Sizes.text(database.dataBytes()) + " of the " + Sizes.text(limit) + " that " + server.edition()
                + " " + server.version() + " allows for a database are allocated";
        var hint = "move it to an edition without a limit, or delete what is no longer needed from it";
        if (database.dataBytes() >= limit) {
            findings.problem(about(database), figures + ": it takes no more data", hint);
        } else if (database.dataBytes() * 100 / limit >= NEARLY_FULL) {
            findings.warning(about(database), figures, hint);
        }
    }

    /**
     * Room for the backup files: each stays in the folder until it was verified.
     *
     * @param free bytes that this worker may still write to collectFrom
     */
    void room(Collection<DatabaseFacts> captured, long free) {
        var about = "sql." + source.key() + ".collectFrom";
        if (captured.isEmpty()) {
            return;
        }
        if (captured.stream().anyMatch(database -> database.dataBytes() == 0)) {
            findings.unknown(
                    about,
                    "the server does not tell this login the size of every database, so nobody knows whether "
                            + Sizes.text(free) + " are enough",
                    "GRANT VIEW ANY DEFINITION to the login");
            return;
        }
        var largest = captured.stream()
                .max(Comparator.comparingLong(DatabaseFacts::dataBytes))
                .orElseThrow();
        var sum = captured.stream().mapToLong(DatabaseFacts::dataBytes).sum();
        var figures = Sizes.text(free) + " free in " + source.collectFrom() + "; data files of " + captured.size()
                + " databases: " + Sizes.text(sum) + ", the largest " + largest.name() + " with "
                + Sizes.text(largest.dataBytes()) + " (a backup is at most about as large)";
        var hint = "free space there, or let backupDirectory lie on a larger volume";
        var state = free < largest.dataBytes()
                ? Finding.State.PROBLEM
                : free < sum ? Finding.State.WARNING : Finding.State.OK;
        findings.add(new Finding(about, state, figures, state == Finding.State.OK ? null : hint));
    }
}

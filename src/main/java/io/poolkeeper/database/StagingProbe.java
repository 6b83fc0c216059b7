// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.Sizes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Finds out by doing it whether files go from SQL Server's service account to this worker and back: the worker's file must be
 * seen by the server, and a small backup of the server by the worker. The server is asked first whether it sees the worker's
 * file, so that it writes nothing into a folder in which the worker could not delete it. Leaves no file; msdb keeps a row of the
 * copy-only backup, which disturbs no chain.
 */
final class StagingProbe {
    /** How long the small backup may take. */
    static final Duration BACKUP = Duration.ofSeconds(20);

    /** The file was opened and read, and is no backup. */
    private static final Set<Integer> NO_BACKUP = Set.of(3203, 3241, 3242, 3243, 3246, 3247, 3254);

    /** The database cannot be backed up by this login, or not now; another one may do. */
    private static final Set<Integer> ANOTHER_DATABASE =
            Set.of(262, 911, 916, 922, 924, 926, 927, 942, 945, 3023, 3110);

    private final SqlSource source;
    private final Statements statements;
    private final Findings findings;
    private final String about;
    private final String id = "poolkeeper-check-" + UUID.randomUUID();

    StagingProbe(SqlSource source, Statements statements, Findings findings) {
        this.source = source;
        this.statements = statements;
        this.findings = findings;
        this.about = "sql." + source.key() + ".backupDirectory";
    }

    private enum Sight {
        SEEN,
        OTHER_FOLDER,
        CANNOT_TELL
    }

    /**
     * Tries it.
     *
     * @param databases small ones, in the order in which they are tried
     */
    void run(List<String> databases) {
        var note = source.collectFrom().resolve(id + ".txt");
        var backup = source.collectFrom().resolve(id + ".bak");
        note.toFile().deleteOnExit(); // a signal ends the process without the code below
        backup.toFile().deleteOnExit();
        try {
            Files.write(note, "written by poolkeeper check; may be deleted".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            findings.problem(
                    "sql." + source.key() + ".collectFrom",
                    "this account cannot write to " + source.collectFrom() + ": " + reason(e),
                    "let the account that runs Poolkeeper modify that folder: it collects, places and deletes files"
                            + " there");
            findings.unknown(
                    about,
                    "whether SQL Server can write to " + source.backupDirectory()
                            + " was not tried: its file could not be deleted",
                    "mend collectFrom first");
            return;
        }
        try {
            if (look(note) != Sight.OTHER_FOLDER) {
                write(databases, backup);
            }
        } finally {
            delete(note);
            delete(backup);
        }
    }

    /** Asks the server for the label of the worker's file: whatever it says of the content, it has seen it. */
    private Sight look(Path note) {
        var device = source.seenByServer(id + ".txt");
        try {
            statements
                    .run("RESTORE LABELONLY FROM DISK = " + Quoted.text(device))
                    .orThrow();
            return Sight.SEEN;
        } catch (SQLException e) {
            var os = OsErrors.in(e, device).orElse(0);
            if (os == OsErrors.FILE_NOT_FOUND) {
                findings.problem(
                        about,
                        "SQL Server does not find as " + device + " what this worker wrote as " + note
                                + ": backupDirectory and collectFrom are two folders",
                        "let sql." + source.key() + ".collectFrom name the folder of backupDirectory, as this worker"
                                + " sees it");
                return Sight.OTHER_FOLDER;
            }
            if (os == OsErrors.PATH_NOT_FOUND) {
                findings.problem(
                        about,
                        "SQL Server cannot open " + device + ": " + said(e),
                        OsErrors.hint(os, source.backupDirectory()));
                return Sight.OTHER_FOLDER;
            }
            if (os == OsErrors.ACCESS_DENIED) {
                findings.problem(
                        about,
                        "SQL Server's service account cannot read what this worker places in "
                                + source.backupDirectory() + ": " + said(e),
                        OsErrors.hint(os, source.backupDirectory()));
                return Sight.CANNOT_TELL;
            }
            return NO_BACKUP.contains(SqlFaults.cause(e).number()) ? Sight.SEEN : Sight.CANNOT_TELL;
        }
    }

    private void write(List<String> databases, Path backup) {
        var device = source.seenByServer(id + ".bak");
        for (var database : databases) {
            try {
                statements
                        .run("BACKUP DATABASE " + Quoted.name(database) + " TO DISK = " + Quoted.text(device)
                                + " WITH COPY_ONLY, FORMAT, INIT, NAME = N'poolkeeper check'")
                        .orThrow();
                read(database, device, backup);
                return;
            } catch (SQLException e) {
                if (!ANOTHER_DATABASE.contains(SqlFaults.cause(e).number())) {
                    refused(database, device, e);
                    return;
                }
            }
        }
        findings.unknown(
                about,
                "whether SQL Server's service account can write to " + source.backupDirectory()
                        + " was not tried: this login may back up no small database",
                "let the login back up model (db_backupoperator there), or look for message 3201 in the next run");
    }

    private void refused(String database, String device, SQLException error) {
        var os = OsErrors.in(error, device);
        if (os.isPresent()) {
            findings.problem(
                    about,
                    "SQL Server's service account cannot write to " + source.backupDirectory() + ": " + said(error),
                    OsErrors.hint(os.getAsInt(), source.backupDirectory()));
            return;
        }
        var fault = SqlFaults.sort("a small backup of " + database + " to " + device, error);
        findings.unknown(about, String.valueOf(fault.getMessage()), fault.hint());
    }

    private void read(String database, String device, Path backup) {
        try (var in = Files.newInputStream(backup)) {
            var bytes = in.transferTo(java.io.OutputStream.nullOutputStream());
            findings.ok(
                    about,
                    "SQL Server wrote a copy-only backup of " + database + " (" + Sizes.text(bytes) + ") to "
                            + source.backupDirectory() + ", and this worker read it in " + source.collectFrom());
        } catch (NoSuchFileException e) {
            findings.problem(
                    about,
                    "SQL Server wrote " + device + ", but this worker does not find it as " + backup,
                    "let sql." + source.key() + ".collectFrom name the folder of backupDirectory, as this worker sees"
                            + " it; delete " + device + " on the server by hand");
        } catch (IOException e) {
            findings.problem(
                    "sql." + source.key() + ".collectFrom",
                    "this account cannot read what SQL Server wrote, " + backup + ": " + reason(e),
                    "let new files in that folder inherit the right to read for the account that runs Poolkeeper");
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            findings.problem(
                    "sql." + source.key() + ".collectFrom",
                    "this account cannot delete " + file + ": " + reason(e),
                    "let the account that runs Poolkeeper delete files there, and delete this one by hand");
        }
    }

    private static String said(SQLException error) {
        var cause = SqlFaults.cause(error);
        return cause.number() + " " + cause.text();
    }

    private static String reason(IOException error) {
        return error.getClass().getSimpleName() + " " + error.getMessage();
    }
}

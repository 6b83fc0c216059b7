// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.PartCheck.StoredPart;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the restore kit about one database: a script for sqlcmd that checks and restores the whole chain, and the lines of
 * the guide that say which files it reads. Text with LF.
 */
final class DatabaseKit {
    private static final String MASTER = """
               only if the instance itself was lost: install the same release, start it with  net start <service> /m
               (single user), restore, and start it again without /m: RESTORE of master stops the service.
            """;

    private final StoredPart last;
    private final List<StoredPart> chain;
    private final String gap;

    /** The kit for what a set holds of a database. */
    DatabaseKit(StoredPart last) {
        this.last = last;
        var found = List.of(last);
        var missing = "";
        try {
            found = StoredChain.of(last);
        } catch (StoredChain.Broken | IOException | MalformedDocument e) {
            missing = "   CAREFUL: " + e.getMessage() + ". Restore that one first, WITH NORECOVERY.\n";
        }
        this.chain = found;
        this.gap = missing;
    }

    /** The script's path in the set. */
    String path() {
        var part = last.part().part();
        return "restore/" + Names.encode(part.owner()) + "-" + Names.encode(part.leaf()) + ".sql";
    }

    /** What the guide says. */
    String guide() {
        var text = new StringBuilder(gap).append(before());
        text.append("   copy into one folder that SQL Server can read:\n");
        for (var link = 0; link < chain.size(); link++) {
            var stored = chain.get(link);
            text.append("     ")
                    .append(stored.manifest().set())
                    .append('\\')
                    .append(stored.part().artefacts().get(0).path().replace('/', '\\'));
            if (chain.size() > 1) {
                text.append("  as  ").append(file(link));
            }
            text.append("  ").append(stored.part().artefacts().get(0).size()).append(" bytes\n");
        }
        return text.append("   stop the OCS services, then\n")
                .append("   sqlcmd -S <server\\instance> -E -b -v DIR=\"<that folder>\" -i ")
                .append(path().replace('/', '\\'))
                .append("\n\n")
                .toString();
    }

    /** SQL Server restores its own databases in states of their own (its documentation of RESTORE says so). */
    private String before() {
        if (isMaster()) {
            return MASTER;
        }
        return name().equalsIgnoreCase("msdb")
                ? "   only if the instance itself was lost; stop SQL Server Agent first.\n"
                : "";
    }

    private boolean isMaster() {
        return name().equalsIgnoreCase("master");
    }

    private String name() {
        return last.part().part().leaf();
    }

    /** What a link is called in the folder: sets of one database use the same names. */
    private String file(int link) {
        var path = chain.get(link).part().artefacts().get(0).path();
        var file = path.substring(path.lastIndexOf('/') + 1);
        return chain.size() == 1 ? file : (link + 1) + "-" + file;
    }

    private String device(int link) {
        return "N'$(DIR)\\" + file(link).replace("'", "''") + "'";
    }

    /** The script. */
    String sql() {
        var text = new StringBuilder();
        text.append("-- Restores ")
                .append(last.part().part())
                .append(" from set ")
                .append(last.manifest().set())
                .append(" of site ")
                .append(last.manifest().site())
                .append(".\n-- sqlcmd -S <server\\instance> -E -b -v DIR=\"C:\\restore\" -i <this file>\n")
                .append("-- RESTORE.txt says which files must lie in that folder, and under which names.\n")
                .append(":on error exit\n");
        for (var link = 0; link < chain.size(); link++) {
            text.append("RESTORE VERIFYONLY FROM DISK = ").append(device(link)).append(" WITH CHECKSUM;\n");
        }
        text.append("RESTORE FILELISTONLY FROM DISK = ").append(device(0)).append(";\n");
        for (var link = 0; link < chain.size(); link++) {
            restore(text, link);
        }
        return text.append(
                        isMaster()
                                ? "-- SQL Server stops here. Start it again, then: DBCC CHECKDB ([master]) WITH NO_INFOMSGS;\n"
                                : "DBCC CHECKDB (" + quoted() + ") WITH NO_INFOMSGS;\n")
                .toString();
    }

    private void restore(StringBuilder text, int link) {
        var part = chain.get(link).part();
        var isLast = link == chain.size() - 1;
        var isLog = part.level() == Level.LOG;
        if (isLog && isLast) {
            text.append("-- To stop at a moment, add: , STOPAT = N'2026-11-27T02:14:00'  (the server's local time)\n");
        }
        text.append(isLog ? "RESTORE LOG " : "RESTORE DATABASE ")
                .append(quoted())
                .append(" FROM DISK = ")
                .append(device(link))
                .append(" WITH FILE = 1, CHECKSUM, ")
                .append(isLast ? "RECOVERY, " : "NORECOVERY, ")
                .append(part.base() == null ? "REPLACE, " : "")
                .append("STATS = 5\n");
        if (link == 0) {
            moves(text, part.recorded());
        }
        text.append(";\n");
    }

    /** Where the files lay, as comments: on another server their folders may be others. */
    private static void moves(StringBuilder text, @Nullable JsonNode recorded) {
        if (recorded == null || recorded.path("files").isEmpty()) {
            text.append(
                    "-- If the data folders differ from those listed above, add: , MOVE N'<logical name>' TO N'<path>'\n");
            return;
        }
        text.append(
                "-- The files lay here. If the folders differ on this server, change the paths and take the dashes away.\n");
        for (var file : recorded.path("files")) {
            text.append("-- , MOVE N'")
                    .append(file.path("logicalName").asText().replace("'", "''"))
                    .append("' TO N'")
                    .append(file.path("physicalName").asText().replace("'", "''"))
                    .append("'\n");
        }
    }

    private String quoted() {
        return "[" + name().replace("]", "]]") + "]";
    }
}

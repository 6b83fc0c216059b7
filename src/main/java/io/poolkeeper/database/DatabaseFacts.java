// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about one of its databases, as far as its backup depends on it.
 *
 * @param state {@code ONLINE}, {@code OFFLINE} ... (sys.databases.state_desc)
 * @param recoveryModel {@code SIMPLE}, {@code FULL} or {@code BULK_LOGGED}
 * @param pageVerify {@code CHECKSUM}, {@code TORN_PAGE_DETECTION} or {@code NONE}
 * @param dataBytes allocated for its data files; 0 if this login may not see them
 * @param rights what this login may do in it; a right that the server gave no answer about is not in the map
 * @param sinceLog how long ago its log was backed up, by the server's clock; null if msdb knows of no log backup
 */
record DatabaseFacts(
        String name,
        String state,
        String recoveryModel,
        String pageVerify,
        long dataBytes,
        Map<String, Boolean> rights,
        @Nullable Duration sinceLog) {
    static final String BACKUP = "BACKUP DATABASE";
    static final String BACKUP_LOG = "BACKUP LOG";
    static final String DEFINITION = "VIEW DEFINITION";

    private static final long PAGE = 8192;

    /**
     * All databases of an instance, without snapshots.
     *
     * @throws SQLException if it does not answer; what the login may not see is no error of SQL Server
     */
    static List<DatabaseFacts> ask(Statements statements, Map<String, Duration> logs) throws SQLException {
        var sizes = sizes(statements);
        var rows = statements.ask("SELECT name, state_desc, recovery_model_desc, page_verify_option_desc"
                + " FROM sys.databases WHERE source_database_id IS NULL ORDER BY name");
        var all = new ArrayList<DatabaseFacts>();
        for (var row : rows) {
            var name = row.text("name");
            all.add(new DatabaseFacts(
                    name,
                    row.text("state_desc").strip(),
                    row.text("recovery_model_desc").strip(),
                    row.text("page_verify_option_desc").strip(),
                    sizes.getOrDefault(name, 0L),
                    rights(statements, name),
                    logs.get(name)));
        }
        return all;
    }

    /** The log grows until it is backed up. */
    boolean keepsLog() {
        return !recoveryModel.equals("SIMPLE");
    }

    /** Bytes of the data files by database; the log is left out, a backup holds hardly any of it. */
    private static Map<String, Long> sizes(Statements statements) throws SQLException {
        var sizes = new TreeMap<String, Long>();
        for (var row : statements.ask("SELECT d.name AS name, SUM(CAST(f.size AS bigint)) AS pages"
                + " FROM sys.master_files AS f JOIN sys.databases AS d ON d.database_id = f.database_id"
                + " WHERE f.type = 0 GROUP BY d.name")) {
            sizes.put(row.text("name"), row.number("pages") * PAGE);
        }
        return sizes;
    }

    private static Map<String, Boolean> rights(Statements statements, String database) throws SQLException {
        var asked = List.of(BACKUP, BACKUP_LOG, DEFINITION);
        var columns = new ArrayList<String>();
        for (var right : asked) {
            columns.add("HAS_PERMS_BY_NAME(" + Quoted.text(Quoted.name(database)) + ", N'DATABASE', "
                    + Quoted.text(right) + ") AS " + Quoted.name(right));
        }
        var row = statements.ask("SELECT " + String.join(", ", columns)).get(0);
        var rights = new HashMap<String, Boolean>();
        for (var right : asked) {
            if (!row.isNull(right)) {
                rights.put(right, row.flag(right));
            }
        }
        return rights;
    }

    /**
     * How long ago the log of each database was backed up.
     *
     * @throws SQLException if this login may not read msdb
     */
    static Map<String, Duration> logBackups(Statements statements) throws SQLException {
        var ages = new TreeMap<String, Duration>();
        for (var row : statements.ask("SELECT b.database_name AS name, MAX(b.backup_finish_date) AS newest,"
                + " GETDATE() AS now FROM msdb.dbo.backupset AS b WHERE b.type = 'L'"
                + " GROUP BY b.database_name")) {
            // both are the server's local time
            ages.put(row.text("name"), Duration.between(row.time("newest"), row.time("now")));
        }
        return ages;
    }
}

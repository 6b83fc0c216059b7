// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
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
    static List<DatabaseFacts> ask(Connection connection, Map<String, Duration> logs) throws SQLException {
        var sizes = sizes(connection);
        var found = new ArrayList<DatabaseFacts>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT name, state_desc, recovery_model_desc, page_verify_option_desc"
                        + " FROM sys.databases WHERE source_database_id IS NULL ORDER BY name")) {
            while (row.next()) {
                var name = row.getString("name");
                found.add(new DatabaseFacts(
                        name,
                        row.getString("state_desc").strip(),
                        row.getString("recovery_model_desc").strip(),
                        String.valueOf(row.getString("page_verify_option_desc")).strip(),
                        sizes.getOrDefault(name, 0L),
                        Map.of(),
                        logs.get(name)));
            }
        }
        var all = new ArrayList<DatabaseFacts>();
        for (var database : found) {
            all.add(database.with(rights(connection, database.name())));
        }
        return all;
    }

    private DatabaseFacts with(Map<String, Boolean> known) {
        return new DatabaseFacts(name, state, recoveryModel, pageVerify, dataBytes, known, sinceLog);
    }

    /** The log grows until it is backed up. */
    boolean keepsLog() {
        return !recoveryModel.equals("SIMPLE");
    }

    /** Bytes of the data files by database; the log is left out, a backup holds hardly any of it. */
    private static Map<String, Long> sizes(Connection connection) throws SQLException {
        var sizes = new TreeMap<String, Long>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT d.name AS name, SUM(CAST(f.size AS bigint)) AS pages"
                        + " FROM sys.master_files AS f JOIN sys.databases AS d ON d.database_id = f.database_id"
                        + " WHERE f.type = 0 GROUP BY d.name")) {
            while (row.next()) {
                sizes.put(row.getString("name"), row.getLong("pages") * PAGE);
            }
        }
        return sizes;
    }

    private static Map<String, Boolean> rights(Connection connection, String database) throws SQLException {
        var rights = new HashMap<String, Boolean>();
        try (var statement = connection.prepareStatement("SELECT HAS_PERMS_BY_NAME(?, N'DATABASE', ?)")) {
            for (var right : List.of(BACKUP, BACKUP_LOG, DEFINITION)) {
                statement.setString(1, Quoted.name(database));
                statement.setString(2, right);
                try (var row = statement.executeQuery()) {
                    row.next();
                    var answer = row.getInt(1);
                    if (!row.wasNull()) {
                        rights.put(right, answer == 1);
                    }
                }
            }
        }
        return rights;
    }

    /**
     * How long ago the log of each database was backed up.
     *
     * @throws SQLException if this login may not read msdb
     */
    static Map<String, Duration> logBackups(Connection connection) throws SQLException {
        var ages = new TreeMap<String, Duration>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT b.database_name AS name, MAX(b.backup_finish_date) AS newest,"
                        + " GETDATE() AS now FROM msdb.dbo.backupset AS b WHERE b.type = 'L'"
                        + " GROUP BY b.database_name")) {
            while (row.next()) {
                ages.put(row.getString("name"), age(row.getTimestamp("newest"), row.getTimestamp("now")));
            }
        }
        return ages;
    }

    /** Both are the server's local time. */
    private static Duration age(Timestamp then, Timestamp now) {
        return Duration.between(then.toLocalDateTime(), now.toLocalDateTime());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The rows that SQL Server adds to msdb for backups that succeeded, and for no others (msdb.dbo.backupset). LSNs are
 * numeric(25,0), so they travel as text.
 */
final class BackupHistory {
    static final List<String> TEXTS =
            List.of("uuid", "type", "first_lsn", "last_lsn", "checkpoint_lsn", "database_backup_lsn");

    private static final String COLUMNS =
            "SELECT TOP 1 CAST(b.backup_set_uuid AS nvarchar(36)) AS uuid, b.type AS type,"
                    + " CAST(b.first_lsn AS nvarchar(30)) AS first_lsn, CAST(b.last_lsn AS nvarchar(30)) AS last_lsn,"
                    + " CAST(b.checkpoint_lsn AS nvarchar(30)) AS checkpoint_lsn,"
                    + " CAST(b.database_backup_lsn AS nvarchar(30)) AS database_backup_lsn,"
                    + " b.is_damaged AS is_damaged, b.is_copy_only AS is_copy_only,"
                    + " b.name AS name, b.user_name AS user_name, b.backup_finish_date AS finished,"
                    + " f.physical_device_name AS device"
                    + " FROM msdb.dbo.backupset AS b"
                    + " JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = b.media_set_id";

    private static final String NEWEST = " ORDER BY b.backup_set_id DESC";

    private BackupHistory() {}

    /** The newest row of a database on a device, if there is one. */
    static Optional<ObjectNode> row(Statements statements, String database, String device) throws SQLException {
        return first(statements, question(database, device), BackupHistory::recorded);
    }

    /** What {@link #row} asks. */
    static String question(String database, String device) {
        return question(database) + " AND f.physical_device_name = " + Quoted.text(device) + NEWEST;
    }

    private static String question(String database) {
        return COLUMNS + " WHERE b.database_name = " + Quoted.text(database);
    }

    private static ObjectNode recorded(Row row) throws SQLException {
        var node = JsonNodeFactory.instance.objectNode();
        for (var column : TEXTS) {
            node.put(column, row.isNull(column) ? null : row.text(column));
        }
        return node.put("is_damaged", row.flag("is_damaged")).put("is_copy_only", row.flag("is_copy_only"));
    }

    /**
     * A backup that moved the chain on: not copy-only.
     *
     * @param told who made it, when by the server's clock, and where to, for a person
     */
    record Link(BackupFacts facts, String told) {}

    /** The newest full backup that differentials count from, whoever made it. */
    static Optional<Link> newestFull(Statements statements, String database) throws SQLException {
        return newest(statements, database, "D");
    }

    /** The newest log backup that the next one continues, whoever made it. */
    static Optional<Link> newestLog(Statements statements, String database) throws SQLException {
        return newest(statements, database, "L");
    }

    private static Optional<Link> newest(Statements statements, String database, String type) throws SQLException {
        return first(
                statements,
                question(database) + " AND b.type = " + Quoted.text(type) + " AND b.is_copy_only = 0" + NEWEST,
                row -> new Link(BackupFacts.read(recorded(row)), told(row)));
    }

    private static String told(Row row) throws SQLException {
        var name = row.text("name");
        return (name.isBlank() ? "a backup" : "'" + name + "'") + " by " + row.text("user_name") + " at "
                + row.time("finished") + " (server time) to " + row.text("device");
    }

    private interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    private static <T> Optional<T> first(Statements statements, String question, Reader<T> reader) throws SQLException {
        var rows = statements.ask(question);
        return rows.isEmpty() ? Optional.empty() : Optional.of(reader.read(rows.get(0)));
    }
}

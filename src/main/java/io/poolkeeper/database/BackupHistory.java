// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
    static Optional<ObjectNode> row(Connection connection, String database, String device) throws SQLException {
        var question = COLUMNS + " WHERE b.database_name = ? AND f.physical_device_name = ?" + NEWEST;
        try (var statement = connection.prepareStatement(question)) {
            statement.setString(1, database);
            statement.setString(2, device);
            return first(statement, BackupHistory::recorded);
        }
    }

    private static ObjectNode recorded(ResultSet row) throws SQLException {
        var node = JsonNodeFactory.instance.objectNode();
        for (var column : TEXTS) {
            node.put(column, row.getString(column));
        }
        return node.put("is_damaged", row.getBoolean("is_damaged")).put("is_copy_only", row.getBoolean("is_copy_only"));
    }

    /**
     * A backup that moved the chain on: not copy-only.
     *
     * @param told who made it, when by the server's clock, and where to, for a person
     */
    record Link(BackupFacts facts, String told) {}

    /** The newest full backup that differentials count from, whoever made it. */
    static Optional<Link> newestFull(Connection connection, String database) throws SQLException {
        return newest(connection, database, "D");
    }

    /** The newest log backup that the next one continues, whoever made it. */
    static Optional<Link> newestLog(Connection connection, String database) throws SQLException {
        return newest(connection, database, "L");
    }

    private static Optional<Link> newest(Connection connection, String database, String type) throws SQLException {
        var question = COLUMNS + " WHERE b.database_name = ? AND b.type = ? AND b.is_copy_only = 0" + NEWEST;
        try (var statement = connection.prepareStatement(question)) {
            statement.setString(1, database);
            statement.setString(2, type);
            return first(statement, row -> new Link(BackupFacts.read(recorded(row)), told(row)));
        }
    }

    private static String told(ResultSet row) throws SQLException {
        var name = row.getString("name");
        return (name == null || name.isBlank() ? "a backup" : "'" + name + "'") + " by " + row.getString("user_name")
                + " at " + row.getTimestamp("finished").toLocalDateTime() + " (server time) to "
                + row.getString("device");
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> Optional<T> first(PreparedStatement statement, Reader<T> reader) throws SQLException {
        try (var row = statement.executeQuery()) {
            return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
        }
    }
}

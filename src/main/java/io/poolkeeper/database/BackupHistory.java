// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The row that SQL Server adds to msdb for a backup that succeeded, and for no other (msdb.dbo.backupset). LSNs are
 * numeric(25,0), so they travel as text.
 */
final class BackupHistory {
    private static final String QUESTION =
            "SELECT TOP 1 CAST(b.backup_set_uuid AS nvarchar(36)) AS uuid, b.type AS type,"
                    + " CAST(b.first_lsn AS nvarchar(30)) AS first_lsn, CAST(b.last_lsn AS nvarchar(30)) AS last_lsn,"
                    + " CAST(b.checkpoint_lsn AS nvarchar(30)) AS checkpoint_lsn,"
                    + " CAST(b.database_backup_lsn AS nvarchar(30)) AS database_backup_lsn,"
                    + " b.is_damaged AS is_damaged, b.is_copy_only AS is_copy_only"
                    + " FROM msdb.dbo.backupset AS b"
                    + " JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = b.media_set_id"
                    + " WHERE b.database_name = ? AND f.physical_device_name = ? ORDER BY b.backup_set_id DESC";

    private BackupHistory() {}

    /** The newest row of a database on a device, if there is one. */
    static Optional<ObjectNode> row(Connection connection, String database, String device) throws SQLException {
        try (var statement = connection.prepareStatement(QUESTION)) {
            statement.setString(1, database);
            statement.setString(2, device);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var node = JsonNodeFactory.instance.objectNode();
                for (var column :
                        new String[] {"uuid", "type", "first_lsn", "last_lsn", "checkpoint_lsn", "database_backup_lsn"
                        }) {
                    node.put(column, row.getString(column));
                }
                node.put("is_damaged", row.getBoolean("is_damaged"));
                node.put("is_copy_only", row.getBoolean("is_copy_only"));
                return Optional.of(node);
            }
        }
    }
}

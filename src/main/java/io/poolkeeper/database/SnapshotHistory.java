// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The rows that SQL Server adds to msdb for snapshots that VSS took of its databases (is_snapshot = 1). */
final class SnapshotHistory {
    private static final String SINCE = "SELECT TOP 1 CAST(b.backup_set_uuid AS nvarchar(36)) AS uuid,"
            + " b.backup_finish_date AS finished, b.is_damaged AS is_damaged, b.is_copy_only AS is_copy_only,"
            + " f.physical_device_name AS device"
            + " FROM msdb.dbo.backupset AS b"
            + " JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = b.media_set_id"
            + " WHERE b.database_name = ? AND b.is_snapshot = 1 AND b.type = 'D' AND b.backup_set_id > ?"
            + " ORDER BY b.backup_set_id DESC";

    private SnapshotHistory() {}

    /**
     * One of them.
     *
     * @param finished server-local
     * @param device a GUID
     */
    record Row(String uuid, LocalDateTime finished, boolean damaged, boolean copyOnly, String device) {
        /** When it was finished, by our clock. */
        Instant at(ServerClock clock) {
            return finished.toInstant(ZoneOffset.ofTotalSeconds(clock.offsetMinutes() * 60))
                    .minusMillis(clock.skewMillis());
        }

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("uuid", uuid)
                    .put("finished", finished.toString())
                    .put("device", device)
                    .put("is_copy_only", copyOnly);
        }
    }

    /** The newest row that msdb has now: what comes later has a higher number, whatever happens to the server's clock. */
    static long newest(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT MAX(backup_set_id) AS newest FROM msdb.dbo.backupset")) {
            return row.next() ? row.getLong("newest") : 0;
        }
    }

    /** The newest snapshot of a database after a row. */
    static Optional<Row> since(Connection connection, String database, long mark) throws SQLException {
        try (var statement = connection.prepareStatement(SINCE)) {
            statement.setString(1, database);
            statement.setLong(2, mark);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(
                                row.getString("uuid"),
                                row.getTimestamp("finished").toLocalDateTime(),
                                row.getBoolean("is_damaged"),
                                row.getBoolean("is_copy_only"),
                                row.getString("device")))
                        : Optional.empty();
            }
        }
    }
}

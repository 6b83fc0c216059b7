// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database that is where another shall be restored to: what would be lost.
 *
 * @param megabytes of its files
 * @param lastBackup when its newest backup ended, by the server's clock; null if msdb knows none
 */
record LiveDatabase(
        String name,
        String state,
        String recoveryModel,
        long megabytes,
        @Nullable LocalDateTime lastBackup) {
    private static final String QUESTION = "SELECT d.state_desc AS state, d.recovery_model_desc AS recovery_model,"
            + " (SELECT SUM(CAST(f.size AS bigint)) FROM sys.master_files AS f WHERE f.database_id = d.database_id) AS pages,"
            + " (SELECT MAX(b.backup_finish_date) FROM msdb.dbo.backupset AS b WHERE b.database_name = d.name) AS last_backup"
            + " FROM sys.databases AS d WHERE d.name = ?";

    private static final int PAGES_PER_MEGABYTE = 128;

    /** The database of a name, if the instance has one. */
    static Optional<LiveDatabase> find(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement(QUESTION)) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var last = row.getTimestamp("last_backup");
                return Optional.of(new LiveDatabase(
                        name,
                        row.getString("state").strip(),
                        row.getString("recovery_model").strip(),
                        row.getLong("pages") / PAGES_PER_MEGABYTE,
                        last == null ? null : last.toLocalDateTime()));
            }
        }
    }

    /** What somebody should know before it is gone. */
    String told() {
        return "database " + name + " is there (" + state + ", " + recoveryModel + " recovery, " + megabytes + " MB, "
                + (lastBackup == null ? "never backed up" : "last backed up at " + lastBackup + " server time")
                + "): what changed in it since then will be lost";
    }

    /** How to keep that. */
    String keep() {
        return (recoveryModel.equals("SIMPLE") ? "back it up first" : "take a log backup first")
                + " if it can still be read";
    }
}

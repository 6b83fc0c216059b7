// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What SQL Server knows of one backup (msdb.dbo.backupset). LSNs are numeric(25,0): too large for a long.
 *
 * @param uuid backup_set_uuid
 * @param type {@code D} full, {@code I} differential, {@code L} log
 * @param databaseBackupLsn checkpoint_lsn of the newest full backup before it
 */
record BackupFacts(
        String uuid,
        String type,
        BigInteger firstLsn,
        BigInteger lastLsn,
        BigInteger checkpointLsn,
        BigInteger databaseBackupLsn) {

    /** What a manifest recorded; empty if msdb could not be asked then. */
    static Optional<BackupFacts> of(@Nullable JsonNode recorded) {
        return recorded != null && recorded.path("history") instanceof ObjectNode history
                ? Optional.of(read(history))
                : Optional.empty();
    }

    static BackupFacts read(ObjectNode history) {
        return new BackupFacts(
                history.path("uuid").asText(),
                history.path("type").asText(),
                lsn(history, "first_lsn"),
                lsn(history, "last_lsn"),
                lsn(history, "checkpoint_lsn"),
                lsn(history, "database_backup_lsn"));
    }

    private static BigInteger lsn(ObjectNode history, String column) {
        var text = history.path(column).asText("");
        return text.matches("[0-9]+") ? new BigInteger(text) : BigInteger.ZERO;
    }

    /** A differential fits the full backup whose checkpoint it was counted from. */
    boolean isDifferentialOf(BackupFacts full) {
        return databaseBackupLsn.equals(full.checkpointLsn);
    }

    /** A log continues a chain if it begins no later than the link before it ends, and reaches beyond that. */
    boolean continuesLogOf(BackupFacts before) {
        return firstLsn.compareTo(before.lastLsn) <= 0 && lastLsn.compareTo(before.lastLsn) >= 0;
    }
}

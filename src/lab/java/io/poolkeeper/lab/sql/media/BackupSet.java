// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The header of one backup set, as {@code RESTORE HEADERONLY} shows it.
 *
 * @param set what it is
 * @param origin whose it is
 * @param log where it lies in the database's log
 * @param options how it was taken
 * @param files the database's files
 * @param extent how much it holds; written last
 */
public record BackupSet(Identity set, Origin origin, Log log, Choices options, List<StoredFile> files, Extent extent) {
    /** What it is; the position counts from 1 within the media. */
    public record Identity(UUID id, SetType type, int position, String name, String description, String userName) {}

    /** Whose it is. */
    public record Origin(
            String serverName,
            String machineName,
            int major,
            int minor,
            int build,
            String databaseName,
            int databaseVersion,
            LocalDateTime databaseCreated,
            UUID databaseGuid,
            UUID familyGuid,
            String collation,
            int compatibilityLevel,
            String recoveryModel,
            boolean singleUser) {}

    /** Where it lies in the log; numbers as in {@code numeric(25,0)}; base and guid only with a differential. */
    public record Log(
            long first,
            long last,
            long checkpoint,
            long databaseBackup,
            long differentialBase,
            UUID differentialBaseId,
            UUID firstFork,
            UUID lastFork,
            boolean beginsChain) {}

    /** How it was taken. */
    public record Choices(boolean checksums, boolean copyOnly, boolean compressed, boolean noRecovery) {}

    /** How much it holds; not complete while it is being written. */
    public record Extent(
            boolean complete, long pages, long contentBytes, LocalDateTime started, LocalDateTime finished) {}

    /** The same set with another extent. */
    public BackupSet with(Extent newExtent) {
        return new BackupSet(set, origin, log, options, files, newExtent);
    }

    /** The bytes that it takes in the media, header included. */
    public long storedBytes() {
        return (extent.pages() + 1) * Blocks.SIZE;
    }
}

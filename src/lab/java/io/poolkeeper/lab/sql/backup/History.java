// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Cells;
import io.poolkeeper.lab.sql.engine.Instance;
import io.poolkeeper.lab.sql.engine.ServerTime;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.MediaLabel;
import io.poolkeeper.lab.sql.media.SetType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What msdb remembers of backups and restores. Only those that worked leave a row. */
final class History {
    private static final int MICROSOFT = 4608;
    private static final int DISK = 2;
    private static final int VIRTUAL_DEVICE = 7;
    private static final int SNAPSHOT_FLAG = 2;

    private final Instance instance;

    private History(Instance instance) {
        this.instance = instance;
    }

    static History of(Instance instance) {
        return new History(instance);
    }

    void backedUp(BackupSet set, MediaLabel label, Device device) throws SQLException {
        try (var connection = instance.databases().get("msdb").store().open()) {
            var mediaSet = mediaSet(connection, label, device);
            var id = insert(connection, "backupset", columns(set, mediaSet, device.virtual()));
            for (var file : set.files()) {
                var row = new LinkedHashMap<String, Object>();
                row.put("backup_set_id", id);
                row.put("filegroup_name", file.log() ? null : "PRIMARY");
                row.put("page_size", 8192);
                row.put("file_number", file.id());
                row.put("file_type", file.log() ? "L" : "D");
                row.put("file_size", file.size());
                row.put("logical_name", file.logicalName());
                row.put("physical_name", file.physicalName());
                row.put("backup_size", file.backedUp());
                row.put("is_present", true);
                insert(connection, "backupfile", row);
            }
        }
    }

    /** Notes a restore; the set counts as known only if this instance made it. */
    void restored(BackupSet set, String database, String user, boolean replace, boolean recovery, LocalDateTime stopAt)
            throws SQLException {
        try (var connection = instance.databases().get("msdb").store().open()) {
            var row = new LinkedHashMap<String, Object>();
            row.put("restore_date", ServerTime.now());
            row.put("destination_database_name", database);
            row.put("user_name", user);
            row.put(
                    "backup_set_id",
                    known(
                            connection,
                            "backupset",
                            "backup_set_id",
                            "backup_set_uuid",
                            set.set().id()));
            row.put(
                    "restore_type",
                    set.set().type() == SetType.FULL ? "D" : set.set().type().letter());
            row.put("\"replace\"", replace);
            row.put("\"recovery\"", recovery);
            row.put("\"restart\"", false);
            row.put("stop_at", stopAt);
            row.put("device_count", 1);
            insert(connection, "restorehistory", row);
        }
    }

    private Object mediaSet(Connection connection, MediaLabel label, Device device) throws SQLException {
        var known = known(connection, "backupmediaset", "media_set_id", "media_uuid", label.mediaSetId());
        if (known != null) {
            return known;
        }
        var row = new LinkedHashMap<String, Object>();
        row.put("media_uuid", label.mediaSetId());
        row.put("media_family_count", 1);
        row.put("name", label.name());
        row.put("description", label.description());
        row.put("software_name", "Microsoft SQL Server");
        row.put("software_vendor_id", MICROSOFT);
        row.put("MTF_major_version", 1);
        row.put("mirror_count", 1);
        if (instance.version().atLeast(10)) {
            row.put("is_password_protected", false);
            row.put("is_compressed", label.compressed());
        }
        var id = insert(connection, "backupmediaset", row);
        insert(connection, "backupmediafamily", family(id, label, device));
        return id;
    }

    private static Map<String, Object> family(Object mediaSet, MediaLabel label, Device device) {
        var row = new LinkedHashMap<String, Object>();
        row.put("media_set_id", mediaSet);
        row.put("family_sequence_number", 1);
        row.put("media_family_id", label.familyId());
        row.put("media_count", 1);
        row.put("logical_device_name", null);
        row.put("physical_device_name", device.name());
        row.put("device_type", device.virtual() ? VIRTUAL_DEVICE : DISK);
        row.put("physical_block_size", 4096);
        row.put("mirror", 0);
        return row;
    }

    private Map<String, Object> columns(BackupSet set, Object mediaSet, boolean snapshot) {
        var row = new LinkedHashMap<String, Object>();
        row.put("backup_set_uuid", set.set().id());
        row.put("media_set_id", mediaSet);
        row.put("first_family_number", 1);
        row.put("first_media_number", 1);
        row.put("last_family_number", 1);
        row.put("last_media_number", 1);
        row.put("position", set.set().position());
        row.put("software_vendor_id", MICROSOFT);
        row.put("name", set.set().name());
        row.put("description", set.set().description());
        row.put("user_name", set.set().userName());
        row.put("type", set.set().type().letter());
        row.put("time_zone", ServerTime.quartersFromUtc());
        row.put("backup_start_date", set.extent().started());
        row.put("backup_finish_date", set.extent().finished());
        row.put("backup_size", set.extent().contentBytes());
        origin(row, set.origin());
        log(row, set);
        flags(row, set, snapshot);
        if (instance.version().atLeast(10)) {
            row.put("compressed_backup_size", set.storedBytes());
        }
        return row;
    }

    private static void origin(Map<String, Object> row, BackupSet.Origin origin) {
        row.put("software_major_version", origin.major());
        row.put("software_minor_version", origin.minor());
        row.put("software_build_version", origin.build());
        row.put("database_creation_date", origin.databaseCreated());
        row.put("database_name", origin.databaseName());
        row.put("server_name", origin.serverName());
        row.put("machine_name", origin.machineName());
        row.put("database_version", origin.databaseVersion());
        row.put("compatibility_level", origin.compatibilityLevel());
        row.put("sort_order", 52);
        row.put("code_page", 0);
        row.put("unicode_locale", 1033);
        row.put("unicode_compare_style", 196609);
        row.put("collation_name", origin.collation());
        row.put("recovery_model", origin.recoveryModel());
        row.put("database_guid", origin.databaseGuid());
        row.put("family_guid", origin.familyGuid());
    }

    private static void log(Map<String, Object> row, BackupSet set) {
        var log = set.log();
        var isDifferential = set.set().type() == SetType.DIFFERENTIAL;
        row.put("first_lsn", BigDecimal.valueOf(log.first()));
        row.put("last_lsn", BigDecimal.valueOf(log.last()));
        row.put("checkpoint_lsn", BigDecimal.valueOf(log.checkpoint()));
        row.put("database_backup_lsn", BigDecimal.valueOf(log.databaseBackup()));
        row.put("differential_base_lsn", isDifferential ? BigDecimal.valueOf(log.differentialBase()) : null);
        row.put("differential_base_guid", log.differentialBaseId());
        row.put("first_recovery_fork_guid", log.firstFork());
        row.put("last_recovery_fork_guid", log.lastFork());
        row.put("fork_point_lsn", null);
        row.put("begins_log_chain", log.beginsChain());
    }

    private static void flags(Map<String, Object> row, BackupSet set, boolean snapshot) {
        row.put("flags", HeaderColumns.flags(set) | (snapshot ? SNAPSHOT_FLAG : 0));
        row.put("is_password_protected", false);
        row.put("has_bulk_logged_data", false);
        row.put("is_snapshot", snapshot);
        row.put("is_readonly", false);
        row.put("is_single_user", set.origin().singleUser());
        row.put("has_backup_checksums", set.options().checksums());
        row.put("is_damaged", false);
        row.put("has_incomplete_metadata", false);
        row.put("is_force_offline", set.options().noRecovery());
        row.put("is_copy_only", set.options().copyOnly());
    }

    private static Object known(Connection connection, String table, String id, String key, UUID value)
            throws SQLException {
        var sql = "SELECT " + id + " FROM dbo." + table + " WHERE " + key + " = ?";
        try (var query = connection.prepareStatement(sql)) {
            query.setObject(1, value);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getObject(1) : null;
            }
        }
    }

    private static Object insert(Connection connection, String table, Map<String, Object> row) throws SQLException {
        var marks = String.join(", ", Collections.nCopies(row.size(), "?"));
        var sql = "INSERT INTO dbo." + table + "(" + String.join(", ", row.keySet()) + ") VALUES (" + marks + ")";
        try (var insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            List<Object> values = new ArrayList<>(row.values());
            Cells.bind(insert, values);
            insert.executeUpdate();
            try (var keys = insert.getGeneratedKeys()) {
                return keys.next() && keys.getMetaData().getColumnCount() > 0 ? keys.getObject(1) : null;
            }
        }
    }
}

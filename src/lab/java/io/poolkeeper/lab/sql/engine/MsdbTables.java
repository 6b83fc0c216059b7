// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.ServerVersion;

/** The tables of msdb in which SQL Server keeps the history of backups and restores, as each version has them. */
final class MsdbTables {
    private MsdbTables() {}

    static String[] definitions(ServerVersion version) {
        return new String[] {
            mediaSet(version), mediaFamily(), backupSet(version), backupFile(), restoreHistory(),
        };
    }

    private static String mediaSet(ServerVersion version) {
        return "CREATE TABLE dbo.backupmediaset(media_set_id INTEGER IDENTITY(1,1) PRIMARY KEY, media_uuid UUID,"
                + " media_family_count DECFLOAT(3), name VARCHAR(128), description VARCHAR(255),"
                + " software_name VARCHAR(128), software_vendor_id INTEGER, MTF_major_version DECFLOAT(3),"
                + " mirror_count DECFLOAT(3)"
                + since(10, version, ", is_password_protected BOOLEAN, is_compressed BOOLEAN")
                + since(12, version, ", is_encrypted BOOLEAN") + ")";
    }

    private static String mediaFamily() {
        return "CREATE TABLE dbo.backupmediafamily(media_set_id INTEGER NOT NULL,"
                + " family_sequence_number DECFLOAT(3) NOT NULL, media_family_id UUID, media_count INTEGER,"
                + " logical_device_name VARCHAR(128), physical_device_name VARCHAR(260), device_type DECFLOAT(3),"
                + " physical_block_size INTEGER, mirror DECFLOAT(3) NOT NULL)";
    }

    private static String backupSet(ServerVersion version) {
        return "CREATE TABLE dbo.backupset(backup_set_id INTEGER IDENTITY(1,1) PRIMARY KEY, backup_set_uuid UUID,"
                + " media_set_id INTEGER, first_family_number DECFLOAT(3), first_media_number SMALLINT,"
                + " last_family_number DECFLOAT(3), last_media_number SMALLINT, catalog_family_number DECFLOAT(3),"
                + " catalog_media_number SMALLINT, position INTEGER, expiration_date TIMESTAMP(3),"
                + " software_vendor_id INTEGER, name VARCHAR(128), description VARCHAR(255), user_name VARCHAR(128),"
                + " software_major_version DECFLOAT(3), software_minor_version DECFLOAT(3),"
                + " software_build_version SMALLINT, time_zone SMALLINT, mtf_minor_version DECFLOAT(3),"
                + " first_lsn NUMERIC(25,0), last_lsn NUMERIC(25,0), checkpoint_lsn NUMERIC(25,0),"
                + " database_backup_lsn NUMERIC(25,0), database_creation_date TIMESTAMP(3),"
                + " backup_start_date TIMESTAMP(3), backup_finish_date TIMESTAMP(3), type CHARACTER(1),"
                + " sort_order SMALLINT, code_page SMALLINT, compatibility_level DECFLOAT(3), database_version INTEGER,"
                + " backup_size NUMERIC(20,0), database_name VARCHAR(128), server_name VARCHAR(128),"
                + " machine_name VARCHAR(128), flags INTEGER, unicode_locale INTEGER, unicode_compare_style INTEGER,"
                + " collation_name VARCHAR(128), is_password_protected BOOLEAN, recovery_model VARCHAR(60),"
                + " has_bulk_logged_data BOOLEAN, is_snapshot BOOLEAN, is_readonly BOOLEAN, is_single_user BOOLEAN,"
                + " has_backup_checksums BOOLEAN, is_damaged BOOLEAN, begins_log_chain BOOLEAN,"
                + " has_incomplete_metadata BOOLEAN, is_force_offline BOOLEAN, is_copy_only BOOLEAN,"
                + " first_recovery_fork_guid UUID, last_recovery_fork_guid UUID, fork_point_lsn NUMERIC(25,0),"
                + " database_guid UUID, family_guid UUID, differential_base_lsn NUMERIC(25,0),"
                + " differential_base_guid UUID"
                + since(10, version, ", compressed_backup_size NUMERIC(20,0)")
                + since(
                        12,
                        version,
                        ", key_algorithm VARCHAR(32), encryptor_thumbprint VARBINARY(20),"
                                + " encryptor_type VARCHAR(32)")
                + since(16, version, ", last_valid_restore_time TIMESTAMP(3), compression_algorithm VARCHAR(32)")
                + ")";
    }

    private static String backupFile() {
        return "CREATE TABLE dbo.backupfile(backup_set_id INTEGER NOT NULL, first_family_number DECFLOAT(3),"
                + " first_media_number SMALLINT, filegroup_name VARCHAR(128), page_size INTEGER,"
                + " file_number NUMERIC(10,0) NOT NULL, backed_up_page_count NUMERIC(10,0), file_type CHARACTER(1),"
                + " source_file_block_size NUMERIC(10,0), file_size NUMERIC(20,0), logical_name VARCHAR(128),"
                + " physical_drive VARCHAR(260), physical_name VARCHAR(260), state DECFLOAT(3),"
                + " state_desc VARCHAR(64), backup_size NUMERIC(20,0), is_present BOOLEAN)";
    }

    private static String restoreHistory() {
        return "CREATE TABLE dbo.restorehistory(restore_history_id INTEGER IDENTITY(1,1) PRIMARY KEY,"
                + " restore_date TIMESTAMP(3), destination_database_name VARCHAR(128), user_name VARCHAR(128),"
                + " backup_set_id INTEGER, restore_type CHARACTER(1), \"replace\" BOOLEAN, \"recovery\" BOOLEAN,"
                + " \"restart\" BOOLEAN, stop_at TIMESTAMP(3), device_count DECFLOAT(3),"
                + " stop_at_mark_name VARCHAR(128), stop_before BOOLEAN)";
    }

    private static String since(int major, ServerVersion version, String columns) {
        return version.atLeast(major) ? columns : "";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import static io.poolkeeper.lab.sql.session.SqlType.BIT;
import static io.poolkeeper.lab.sql.session.SqlType.DATETIME;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.SYSNAME;
import static io.poolkeeper.lab.sql.session.SqlType.TINYINT;
import static io.poolkeeper.lab.sql.session.SqlType.UNIQUEIDENTIFIER;
import static io.poolkeeper.lab.sql.session.SqlType.character;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;
import static io.poolkeeper.lab.sql.session.SqlType.varbinary;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The system views that look alike from every database of an instance. */
final class ServerViews {
    private static final byte[] SA_SID = {1};
    private static final LocalDateTime SETUP = LocalDateTime.of(2003, 4, 8, 9, 13, 36, 390_000_000);

    private final Instance instance;

    /** A file and whose it is. */
    private record Owned(Database database, DatabaseFile file) {}

    /** A setting of {@code sp_configure}. */
    private record Setting(int id, String name, int value, String description) {}

    ServerViews(Instance instance) {
        this.instance = instance;
    }

    List<SystemView<?>> all() {
        var activity = new ActivityViews(instance);
        return List.of(
                databases(),
                masterFiles(),
                activity.requests(),
                activity.sessions(),
                activity.connections(),
                principals(),
                configurations());
    }

    /** A time as H2 reads it. */
    static String text(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString().replace('T', ' ');
    }

    private SystemView<Database> databases() {
        var table = new InfoTable<Database>()
                .add("name", SYSNAME, Database::name)
                .add("database_id", INT, Database::id)
                .add("source_database_id", INT, d -> null)
                .add("owner_sid", varbinary(85), d -> SA_SID)
                .add("create_date", DATETIME, d -> text(d.createDate()))
                .add("compatibility_level", TINYINT, Database::compatibilityLevel)
                .add("collation_name", SYSNAME, d -> d.state() == DatabaseState.ONLINE ? d.collation() : null)
                .add("user_access", TINYINT, d -> d.userAccess().code())
                .add("user_access_desc", nvarchar(60), d -> d.userAccess().name())
                .add("is_read_only", BIT, Database::readOnly)
                .add("is_auto_close_on", BIT, d -> false)
                .add("is_auto_shrink_on", BIT, d -> false)
                .add("state", TINYINT, d -> d.state().code())
                .add("state_desc", nvarchar(60), d -> d.state().name())
                .add("is_in_standby", BIT, d -> false)
                .add("is_cleanly_shutdown", BIT, d -> false)
                .add("snapshot_isolation_state", TINYINT, d -> 0)
                .add("recovery_model", TINYINT, d -> d.recoveryModel().code())
                .add("recovery_model_desc", nvarchar(60), d -> d.recoveryModel().name())
                .add("page_verify_option", TINYINT, d -> d.pageVerify().code())
                .add(
                        "page_verify_option_desc",
                        nvarchar(60),
                        d -> d.pageVerify().name())
                .add("is_broker_enabled", BIT, d -> false)
                .add("log_reuse_wait", TINYINT, d -> 0)
                .add("log_reuse_wait_desc", nvarchar(60), d -> "NOTHING")
                .add("is_encrypted", BIT, d -> false)
                .add("service_broker_guid", UNIQUEIDENTIFIER, d -> d.guid().toString());
        return new SystemView<>(
                "databases",
                table,
                (database, connection) -> instance.databases().all());
    }

    private SystemView<Owned> masterFiles() {
        var table = new InfoTable<Owned>()
                .add("database_id", INT, f -> f.database().id())
                .add("file_id", INT, f -> f.file().id())
                .add("file_guid", UNIQUEIDENTIFIER, f -> f.file().guid().toString())
                .add("type", TINYINT, f -> f.file().log() ? 1 : 0)
                .add("type_desc", nvarchar(60), f -> f.file().log() ? "LOG" : "ROWS")
                .add("data_space_id", INT, f -> f.file().log() ? 0 : 1)
                .add("name", SYSNAME, f -> f.file().logicalName())
                .add("physical_name", nvarchar(260), f -> f.file().physicalName())
                .add("state", TINYINT, f -> f.database().state().code())
                .add("state_desc", nvarchar(60), f -> f.database().state().name())
                .add(
                        "size",
                        INT,
                        f -> f.file().log() ? Database.LOG_PAGES : f.database().dataPages())
                .add("max_size", INT, f -> f.file().log() ? 268435456 : -1)
                .add("growth", INT, f -> f.file().log() ? 10 : 128)
                .add("is_read_only", BIT, f -> false);
        return new SystemView<>("master_files", table, (database, connection) -> files());
    }

    private List<Owned> files() {
        var files = new ArrayList<Owned>();
        for (var database : instance.databases().all()) {
            database.files().forEach(file -> files.add(new Owned(database, file)));
        }
        return files;
    }

    private SystemView<String> principals() {
        var table = new InfoTable<String>()
                .add("name", SYSNAME, login -> login)
                .add("principal_id", INT, login -> 1)
                .add("sid", varbinary(85), login -> SA_SID)
                .add("type", character(1), login -> "S")
                .add("type_desc", nvarchar(60), login -> "SQL_LOGIN")
                .add("is_disabled", BIT, login -> false)
                .add("create_date", DATETIME, login -> text(SETUP))
                .add("default_database_name", SYSNAME, login -> "master");
        return new SystemView<>("server_principals", table, (database, connection) -> List.of(instance.login()));
    }

    private SystemView<Setting> configurations() {
        var table = new InfoTable<Setting>()
                .add("configuration_id", INT, Setting::id)
                .add("name", nvarchar(35), Setting::name)
                .add("value", INT, Setting::value)
                .add("value_in_use", INT, Setting::value)
                .add("description", nvarchar(255), Setting::description);
        return new SystemView<>("configurations", table, (database, connection) -> settings());
    }

    private List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        settings.add(new Setting(109, "fill factor (%)", 0, "Default fill factor percentage"));
        settings.add(new Setting(16390, "xp_cmdshell", 0, "Enable or disable command shell"));
        if (instance.profile().edition().compresses(instance.profile().version())) {
            settings.add(
                    new Setting(1579, "backup compression default", 0, "Enable compression of backups by default"));
        }
        return settings;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import static io.poolkeeper.lab.sql.session.SqlType.BIGINT;
import static io.poolkeeper.lab.sql.session.SqlType.BIT;
import static io.poolkeeper.lab.sql.session.SqlType.DATETIME;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.REAL;
import static io.poolkeeper.lab.sql.session.SqlType.SMALLINT;
import static io.poolkeeper.lab.sql.session.SqlType.SYSNAME;
import static io.poolkeeper.lab.sql.session.SqlType.TINYINT;
import static io.poolkeeper.lab.sql.session.SqlType.UNIQUEIDENTIFIER;
import static io.poolkeeper.lab.sql.session.SqlType.character;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;
import static io.poolkeeper.lab.sql.session.SqlType.varbinary;

import io.poolkeeper.lab.sql.session.Column;
import io.poolkeeper.lab.sql.session.SqlType;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The system views that look alike from every database of an instance. */
final class ServerViews {
    private static final byte[] SA_SID = {1};
    private static final LocalDateTime SETUP = LocalDateTime.of(2003, 4, 8, 9, 13, 36, 390_000_000);

    private final Instance instance;

    ServerViews(Instance instance) {
        this.instance = instance;
    }

    List<SystemView> all() {
        return List.of(databases(), masterFiles(), requests(), sessions(), principals(), configurations());
    }

    static Column column(String name, SqlType type) {
        return new Column(name, type);
    }

    private SystemView databases() {
        var columns = List.of(
                column("name", SYSNAME),
                column("database_id", INT),
                column("source_database_id", INT),
                column("owner_sid", varbinary(85)),
                column("create_date", DATETIME),
                column("compatibility_level", TINYINT),
                column("collation_name", SYSNAME),
                column("user_access", TINYINT),
                column("user_access_desc", nvarchar(60)),
                column("is_read_only", BIT),
                column("is_auto_close_on", BIT),
                column("is_auto_shrink_on", BIT),
                column("state", TINYINT),
                column("state_desc", nvarchar(60)),
                column("is_in_standby", BIT),
                column("is_cleanly_shutdown", BIT),
                column("snapshot_isolation_state", TINYINT),
                column("recovery_model", TINYINT),
                column("recovery_model_desc", nvarchar(60)),
                column("page_verify_option", TINYINT),
                column("page_verify_option_desc", nvarchar(60)),
                column("is_broker_enabled", BIT),
                column("log_reuse_wait", TINYINT),
                column("log_reuse_wait_desc", nvarchar(60)),
                column("is_encrypted", BIT),
                column("service_broker_guid", UNIQUEIDENTIFIER));
        return new SystemView("databases", columns, (database, connection) -> rows(this::database));
    }

    private List<?> database(Database database) {
        var isOpen = database.state() == DatabaseState.ONLINE;
        return Arrays.asList(
                database.name(),
                database.id(),
                null,
                SA_SID,
                text(database.createDate()),
                database.compatibilityLevel(),
                isOpen ? database.collation() : null,
                database.userAccess().code(),
                database.userAccess().name(),
                database.readOnly(),
                false,
                false,
                database.state().code(),
                database.state().name(),
                false,
                false,
                0,
                database.recoveryModel().code(),
                database.recoveryModel().name(),
                2,
                "CHECKSUM",
                false,
                0,
                "NOTHING",
                false,
                database.guid().toString());
    }

    private SystemView masterFiles() {
        var columns = List.of(
                column("database_id", INT),
                column("file_id", INT),
                column("file_guid", UNIQUEIDENTIFIER),
                column("type", TINYINT),
                column("type_desc", nvarchar(60)),
                column("data_space_id", INT),
                column("name", SYSNAME),
                column("physical_name", nvarchar(260)),
                column("state", TINYINT),
                column("state_desc", nvarchar(60)),
                column("size", INT),
                column("max_size", INT),
                column("growth", INT),
                column("is_read_only", BIT));
        return new SystemView("master_files", columns, (database, connection) -> files());
    }

    private List<List<?>> files() {
        var rows = new ArrayList<List<?>>();
        for (var database : instance.databases().all()) {
            for (var file : database.files()) {
                rows.add(Arrays.asList(
                        database.id(),
                        file.id(),
                        file.guid().toString(),
                        file.log() ? 1 : 0,
                        file.log() ? "LOG" : "ROWS",
                        file.log() ? 0 : 1,
                        file.logicalName(),
                        file.physicalName(),
                        database.state().code(),
                        database.state().name(),
                        file.log() ? Database.LOG_PAGES : database.dataPages(),
                        file.log() ? 268435456 : -1,
                        file.log() ? 10 : 128,
                        false));
            }
        }
        return rows;
    }

    private SystemView requests() {
        var columns = List.of(
                column("session_id", SMALLINT),
                column("request_id", INT),
                column("start_time", DATETIME),
                column("status", nvarchar(30)),
                column("command", nvarchar(32)),
                column("database_id", SMALLINT),
                column("percent_complete", REAL),
                column("estimated_completion_time", BIGINT),
                column("total_elapsed_time", INT));
        return new SystemView("dm_exec_requests", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var session : instance.sessions().all()) {
                session.activity().ifPresent(activity -> rows.add(request(session, activity)));
            }
            return rows;
        });
    }

    private static List<?> request(EngineSession session, Activity activity) {
        var elapsed = ChronoUnit.MILLIS.between(activity.started(), ServerTime.now());
        var percent = activity.percent();
        return List.of(
                session.id(),
                0,
                text(activity.started()),
                "running",
                activity.command(),
                activity.databaseId(),
                (double) percent,
                percent == 0 ? 0L : elapsed * (100 - percent) / percent,
                (int) elapsed);
    }

    private SystemView sessions() {
        var columns = List.of(
                column("session_id", SMALLINT),
                column("login_time", DATETIME),
                column("host_name", nvarchar(128)),
                column("program_name", nvarchar(128)),
                column("login_name", nvarchar(128)),
                column("status", nvarchar(30)),
                column("database_id", SMALLINT),
                column("is_user_process", BIT),
                column("open_transaction_count", INT));
        return new SystemView("dm_exec_sessions", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var session : instance.sessions().all()) {
                rows.add(Arrays.asList(
                        session.id(),
                        text(session.loginTime()),
                        session.login().host(),
                        session.login().application(),
                        session.login().user(),
                        session.activity().isPresent() ? "running" : "sleeping",
                        instance.databases()
                                .find(session.database())
                                .map(Database::id)
                                .orElse(0),
                        true,
                        session.transactionCount()));
            }
            return rows;
        });
    }

    private SystemView principals() {
        var columns = List.of(
                column("name", SYSNAME),
                column("principal_id", INT),
                column("sid", varbinary(85)),
                column("type", character(1)),
                column("type_desc", nvarchar(60)),
                column("is_disabled", BIT),
                column("create_date", DATETIME),
                column("default_database_name", SYSNAME));
        var login = instance.login();
        var row = Arrays.asList(login, 1, SA_SID, "S", "SQL_LOGIN", false, text(SETUP), "master");
        return new SystemView("server_principals", columns, (database, connection) -> List.of(row));
    }

    private SystemView configurations() {
        var columns = List.of(
                column("configuration_id", INT),
                column("name", nvarchar(35)),
                column("value", INT),
                column("value_in_use", INT),
                column("description", nvarchar(255)));
        var compression =
                instance.profile().edition().compresses(instance.profile().version());
        var rows = new ArrayList<List<?>>();
        rows.add(List.of(109, "fill factor (%)", 0, 0, "Default fill factor percentage"));
        rows.add(List.of(16390, "xp_cmdshell", 0, 0, "Enable or disable command shell"));
        if (compression) {
            rows.add(List.of(1579, "backup compression default", 0, 0, "Enable compression of backups by default"));
        }
        return new SystemView("configurations", columns, (database, connection) -> rows);
    }

    private List<List<?>> rows(Function<Database, List<?>> row) {
        var rows = new ArrayList<List<?>>();
        instance.databases().all().forEach(database -> rows.add(row.apply(database)));
        return rows;
    }

    /** A time as H2 reads it. */
    static String text(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString().replace('T', ' ');
    }
}

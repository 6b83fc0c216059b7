// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import static io.poolkeeper.lab.sql.session.SqlType.BIGINT;
import static io.poolkeeper.lab.sql.session.SqlType.BIT;
import static io.poolkeeper.lab.sql.session.SqlType.DATETIME;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.REAL;
import static io.poolkeeper.lab.sql.session.SqlType.SMALLINT;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The system views about who is logged in, how, and what they do at length. */
final class ActivityViews {
    private static final int EVERYTHING = 100;

    private final Instance instance;

    /** A session and what it is doing, as of one moment. */
    private record Request(EngineSession session, Activity activity, LocalDateTime now) {
        long elapsed() {
            return ChronoUnit.MILLIS.between(activity.started(), now);
        }

        /** If the rest takes as long as what is done. */
        long left() {
            var percent = activity.percent();
            return percent == 0 ? 0 : elapsed() * (EVERYTHING - percent) / percent;
        }
    }

    ActivityViews(Instance instance) {
        this.instance = instance;
    }

    SystemView<?> requests() {
        var table = new InfoTable<Request>()
                .add("session_id", SMALLINT, r -> r.session().id())
                .add("request_id", INT, r -> 0)
                .add("start_time", DATETIME, r -> ServerViews.text(r.activity().started()))
                .add("status", nvarchar(30), r -> "running")
                .add("command", nvarchar(32), r -> r.activity().command())
                .add("database_id", SMALLINT, r -> r.activity().databaseId())
                .add("percent_complete", REAL, r -> (double) r.activity().percent())
                .add("estimated_completion_time", BIGINT, Request::left)
                .add("total_elapsed_time", INT, r -> (int) r.elapsed());
        return new SystemView<>("dm_exec_requests", table, (database, connection) -> running());
    }

    private List<Request> running() {
        var now = ServerTime.now();
        return instance.sessions().all().stream()
                .flatMap(session -> session.activity().map(a -> new Request(session, a, now)).stream())
                .toList();
    }

    SystemView<?> sessions() {
        var table = new InfoTable<EngineSession>()
                .add("session_id", SMALLINT, EngineSession::id)
                .add("login_time", DATETIME, s -> ServerViews.text(s.loginTime()))
                .add("host_name", nvarchar(128), s -> s.login().host())
                .add("program_name", nvarchar(128), s -> s.login().application())
                .add("login_name", nvarchar(128), s -> s.login().user())
                .add("status", nvarchar(30), s -> s.activity().isPresent() ? "running" : "sleeping")
                .add("database_id", SMALLINT, this::databaseOf)
                .add("is_user_process", BIT, s -> true)
                .add("open_transaction_count", INT, EngineSession::transactionCount);
        return new SystemView<>(
                "dm_exec_sessions",
                table,
                (database, connection) -> instance.sessions().all());
    }

    SystemView<?> connections() {
        var table = new InfoTable<EngineSession>()
                .add("session_id", INT, EngineSession::id)
                .add("connect_time", DATETIME, s -> ServerViews.text(s.loginTime()))
                .add("net_transport", nvarchar(40), s -> "TCP")
                .add("protocol_type", nvarchar(40), s -> "TSQL")
                .add("protocol_version", INT, s -> s.transport().tdsVersion())
                .add("encrypt_option", nvarchar(40), s -> s.transport().encrypted() ? "TRUE" : "FALSE")
                .add("auth_scheme", nvarchar(40), s -> "SQL")
                .add("net_packet_size", INT, s -> s.transport().packetSize())
                .add("client_net_address", nvarchar(48), s -> s.transport().clientAddress())
                .add("client_tcp_port", INT, s -> s.transport().clientPort())
                .add("local_tcp_port", INT, s -> s.transport().localPort());
        return new SystemView<>(
                "dm_exec_connections",
                table,
                (database, connection) -> instance.sessions().all());
    }

    private int databaseOf(EngineSession session) {
        return instance.databases().find(session.database()).map(Database::id).orElse(0);
    }
}

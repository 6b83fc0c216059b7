// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CancelTest {
    @TempDir
    static Path folder;

    static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 30_000);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    /** A message handler that hears numbers and cancels a statement at the first of a kind. */
    private static List<Integer> listen(Connection connection, Statement statement, int cancelAt) throws SQLException {
        var heard = new CopyOnWriteArrayList<Integer>();
        connection.unwrap(SQLServerConnection.class).setServerMessageHandler((ISQLServerMessage message) -> {
            heard.add(message.getErrorNumber());
            if (message.getErrorNumber() == cancelAt && heard.indexOf(cancelAt) == heard.size() - 1) {
                CompletableFuture.runAsync(() -> cancel(statement)).join();
            }
            return message;
        });
        return heard;
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stopsABackupInTheMiddleAndKeepsTheConnection() throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            var heard = listen(connection, statement, 3211);

            assertThatThrownBy(() -> statement.execute(
                            "BACKUP DATABASE rtc TO DISK = 'C:\\backup\\cancelled.bak' WITH INIT, STATS = 1"))
                    .hasMessageContaining("The query was canceled");

            assertThat(heard).contains(3211, 3204, 3013).doesNotContain(3014);
            assertThat(connection.isValid(5)).isTrue();
            assertThatThrownBy(() -> statement.execute("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\cancelled.bak'"))
                    .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(3256, 3013));
        }
    }

    @Test
    void endsAQueryAtItsTimeoutAndKeepsTheConnection() throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);

            assertThatThrownBy(() -> statement.execute("WAITFOR DELAY '00:01:00'"))
                    .isInstanceOf(SQLTimeoutException.class);
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void ignoresACancelOfNothing() throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            statement.cancel();
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void stopsALargeFetchWhenItIsGivenUp() throws SQLException {
        try (var connection = lab.connect("databaseName=rtc");
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("SELECT a.* FROM dbo.Resource a, dbo.Resource b")) {
                rows.next();
                statement.cancel();
            }
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void endsTheSessionOfAClientThatIsKilled() throws SQLException {
        try (var killer = lab.connect();
                var killing = killer.createStatement();
                var victim = lab.connect();
                var dying = victim.createStatement()) {
            int session;
            try (var rows = dying.executeQuery("SELECT @@SPID")) {
                rows.next();
                session = rows.getInt(1);
            }

            killing.execute("KILL " + session);

            assertThatThrownBy(() -> dying.execute("SELECT 1")).isInstanceOf(SQLException.class);
            Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                var sql = "SELECT COUNT(*) FROM sys.dm_exec_sessions WHERE session_id = " + session;
                try (var rows = killing.executeQuery(sql)) {
                    rows.next();
                    assertThat(rows.getInt(1)).isZero();
                }
            });
        }
    }
}

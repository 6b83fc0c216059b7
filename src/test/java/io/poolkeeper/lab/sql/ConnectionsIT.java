// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many connections, many cancellations, and connections that end badly. */
@Timeout(120)
class ConnectionsIT {
    @TempDir
    static Path folder;

    static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 1_000);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private static int scalar(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void serveFiftyClientsAtOnce() throws Exception {
        var workers = Executors.newFixedThreadPool(50);
        var tasks = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < 50; i++) {
            tasks.add(() -> {
                try (var connection = lab.connect("databaseName=rtc;loginTimeout=60")) {
                    return scalar(connection, "SELECT COUNT(*) FROM dbo.Resource");
                }
            });
        }
        for (var answer : workers.invokeAll(tasks)) {
            assertThat(answer.get()).isEqualTo(1_000);
        }
        workers.shutdown();
    }

    @Test
    void surviveFourHundredRacingCancellations() throws Exception {
        var canceller = Executors.newSingleThreadExecutor();
        try (var connection = lab.connect("databaseName=rtc");
                var statement = connection.createStatement()) {
            for (var i = 0; i < 400; i++) {
                var cancelled = canceller.submit(() -> {
                    statement.cancel();
                    return null;
                });
                executeQuietly(() -> statement.execute("SELECT TOP 20 * FROM dbo.Resource"));
                cancelled.get(10, TimeUnit.SECONDS);
            }
            assertThat(scalar(connection, "SELECT 7")).isEqualTo(7);
        }
        canceller.shutdown();
    }

    /** A race has two good ends: an answer, or a cancellation. */
    private static void executeQuietly(Callable<Boolean> execution) throws Exception {
        try {
            execution.call();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("HY008");
        }
    }

    @Test
    void leaveNoThreadBehind(@TempDir Path other) throws Exception {
        var second = Lab.start(other);
        var left = List.of(second.connect(), second.connect());
        var silent = new Socket(InetAddress.getLoopbackAddress(), second.server.port());
        second.close();

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(threadsOf(second)).isEmpty());
        silent.close();
        for (var connection : left) {
            connection.close();
        }
    }

    private static List<String> threadsOf(Lab closed) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("tds-" + closed.server.port()))
                .toList();
    }

    @Test
    void stopABackupWhoseClientIsGone() throws Exception {
        lab.with("large", RecoveryModel.SIMPLE, 100_000);
        var abandoned = lab.connect();
        var statement = abandoned.createStatement();
        var running = Executors.newSingleThreadExecutor();
        var backup = running.submit(
                () -> statement.execute("BACKUP DATABASE large TO DISK = 'C:\\backup\\large.bak' WITH STATS = 1"));
        try (var watcher = lab.connect()) {
            var sql = "SELECT COUNT(*) FROM sys.dm_exec_requests WHERE command = 'BACKUP DATABASE'";
            Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> scalar(watcher, sql) == 1);
            abandoned.abort(Runnable::run);

            Awaitility.await().until(() -> scalar(watcher, sql) == 0);
            assertThat(scalar(watcher, "SELECT COUNT(*) FROM msdb.dbo.backupset WHERE database_name = 'large'"))
                    .isZero();
        }
        assertThatThrownBy(() -> backup.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
        running.shutdown();
    }

    /** The moment of a full backup is one moment: what comes after is in the log, and nothing is in both. */
    @Test
    void loseAndDoubleNothingWhileOthersWrite() throws Exception {
        lab.with("busy", RecoveryModel.FULL, 5_000);
        var writing = new AtomicBoolean(true);
        var writer = Executors.newSingleThreadExecutor();
        var written = writer.submit(() -> write(writing));
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            for (var i = 0; i < 5; i++) {
                statement.execute("BACKUP DATABASE busy TO DISK = 'C:\\backup\\busy.bak' WITH FORMAT");
            }
            writing.set(false);
            var count = 5_000 + written.get(20, TimeUnit.SECONDS);
            statement.execute("BACKUP LOG busy TO DISK = 'C:\\backup\\busy.trn' WITH FORMAT");
            statement.execute("RESTORE DATABASE calm FROM DISK = 'C:\\backup\\busy.bak' WITH NORECOVERY,"
                    + " MOVE 'busy' TO 'C:\\backup\\calm.mdf', MOVE 'busy_log' TO 'C:\\backup\\calm.ldf'");
            statement.execute("RESTORE LOG calm FROM DISK = 'C:\\backup\\busy.trn'");
            assertThat(scalar(connection, "SELECT COUNT(*) FROM calm.dbo.Resource"))
                    .isEqualTo(count);
        }
        writer.shutdown();
    }

    private static int write(AtomicBoolean writing) throws SQLException {
        try (var connection = lab.connect("databaseName=busy");
                var insert = connection.prepareStatement("INSERT INTO dbo.Resource(UserAtHost) VALUES (?)")) {
            var count = 0;
            while (writing.get()) {
                insert.setString(1, "written" + count++);
                insert.executeUpdate();
            }
            return count;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InjectedFaultsTest {
    private static final String BACKUP = "BACKUP DATABASE rtc TO DISK = 'C:\\backup\\rtc.bak' WITH INIT, STATS = 10";

    @TempDir
    static Path folder;

    static Lab lab;

    private Connection connection;
    private Statement statement;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 3_000).with("other", RecoveryModel.FULL, 10);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = lab.connect();
        statement = connection.createStatement();
    }

    /** Without its faults the server is as good as new. */
    @AfterEach
    void mend() throws SQLException {
        lab.server.clearFaults();
        lab.server.setState("rtc", DatabaseState.ONLINE);
        try (var next = lab.connect();
                var again = next.createStatement()) {
            again.execute(BACKUP);
        }
        connection.close();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> fails(String sql, Integer... numbers) {
        return assertThatThrownBy(() -> statement.execute(sql))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(numbers));
    }

    /** Notes what the server says while a statement runs. */
    private List<String> listen() throws SQLException {
        var heard = new CopyOnWriteArrayList<String>();
        connection.unwrap(SQLServerConnection.class).setServerMessageHandler((ISQLServerMessage message) -> {
            heard.add(message.getErrorNumber() + " " + message.getErrorMessage());
            return message;
        });
        return heard;
    }

    @Test
    void denyAccessToADevice() {
        lab.server.inject(new Fault.OpenFails("rtc.bak", OsError.ACCESS_DENIED));

        fails(BACKUP, 3201, 3013)
                .hasMessageContaining("Cannot open backup device 'C:\\backup\\rtc.bak'."
                        + " Operating system error 5(Access is denied.).");
    }

    @Test
    void fillTheDiskInTheMiddleOfAFile() throws Exception {
        var heard = listen();
        lab.server.inject(new Fault.WriteFails("RTC", 60, OsError.DISK_FULL));

        fails(BACKUP, 3202, 3013)
                .hasMessageContaining(
                        "Write on \"C:\\backup\\rtc.bak\" failed: 112(There is not enough space on the disk.)");
        assertThat(heard).contains("3211 50 percent processed.").doesNotContain("3211 70 percent processed.");
        assertThat(Files.size(folder.resolve("rtc.bak"))).isPositive();
        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak'", 3256, 3013);
    }

    @Test
    void pretendThatAnotherBackupGoesOn() throws SQLException {
        lab.server.inject(new Fault.BackupRunning("rtc"));

        fails(BACKUP, 3023, 3013).hasMessageContaining("must be serialized");
        statement.execute("BACKUP DATABASE other TO DISK = 'C:\\backup\\other.bak'");
    }

    @Test
    void damageAPageThatOnlyAChecksumFinds() throws SQLException {
        lab.server.inject(new Fault.PageDamaged("rtc", 30, 120));

        fails(BACKUP + ", CHECKSUM", 3043, 3013)
                .hasMessageContaining("BACKUP 'rtc' detected an error on page (1:120) in file 'C:\\")
                .hasMessageContaining("rtc.mdf'.");
        statement.execute(BACKUP);
    }

    @Test
    void cutTheConnectionInTheMiddle() throws SQLException {
        var heard = listen();
        lab.server.inject(new Fault.Cut("rtc", 40));

        assertThatThrownBy(() -> statement.execute(BACKUP))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08S01"));
        assertThat(heard)
                .containsExactly(
                        "3211 10 percent processed.", "3211 20 percent processed.", "3211 30 percent processed.");
        connection = lab.connect();
        statement = connection.createStatement();
        Awaitility.await()
                .untilAsserted(() -> assertThat(statement
                                .executeQuery("SELECT 1 FROM sys.dm_exec_requests")
                                .next())
                        .isFalse());
        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak'", 3256, 3013);
    }

    @Test
    void slowABackupDownSoThatASecondOneIsRefused() throws Exception {
        lab.server.inject(new Fault.Slow("rtc", Duration.ofMillis(20)));
        var first = Executors.newSingleThreadExecutor();
        try (var slow = lab.connect();
                var running = slow.createStatement()) {
            var started = System.nanoTime();
            var end = first.submit(() -> running.execute(BACKUP));
            Awaitility.await()
                    .until(() -> statement
                            .executeQuery("SELECT 1 FROM sys.dm_exec_requests WHERE percent_complete > 5")
                            .next());

            fails("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\second.bak'", 3023, 3013);
            end.get(30, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofSeconds(2));
        }
        first.shutdown();
    }

    @Test
    void takeADatabaseOfflineOrIntoRestoring() {
        lab.server.setState("rtc", DatabaseState.OFFLINE);
        fails(BACKUP, 942, 3013);
        fails("USE rtc", 942);

        lab.server.setState("rtc", DatabaseState.RESTORING);
        fails(BACKUP, 927, 3013);
        fails("SELECT * FROM rtc.dbo.Resource", 927);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFailureTest {
    @TempDir
    static Path folder;

    static Lab lab;

    private Connection connection;
    private Statement statement;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 100).with("plain", RecoveryModel.SIMPLE, 100);
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

    @AfterEach
    void disconnect() throws SQLException {
        lab.server.clearFaults();
        assertThat(connection.isValid(5)).isTrue();
        connection.close();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> fails(String sql, Integer... numbers) {
        return assertThatThrownBy(() -> statement.execute(sql))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(numbers));
    }

    @Test
    void namesAnUnknownDatabase() {
        fails("BACKUP DATABASE nosuch TO DISK = 'C:\\backup\\x.bak'", 911, 3013)
                .hasMessageContaining("Database 'nosuch' does not exist");
    }

    @Test
    void tellsThatADatabaseIsOfflineOrRestoring() {
        lab.with("gone", RecoveryModel.SIMPLE, 0).server.setState("gone", DatabaseState.OFFLINE);
        fails("BACKUP DATABASE gone TO DISK = 'C:\\backup\\x.bak'", 942, 3013);

        lab.server.setState("gone", DatabaseState.RESTORING);
        fails("BACKUP DATABASE gone TO DISK = 'C:\\backup\\x.bak'", 927, 3013);
    }

    @Test
    void quotesWindowsForAFolderThatTheServiceDoesNotSee() {
        fails("BACKUP DATABASE rtc TO DISK = 'D:\\elsewhere\\x.bak'", 3201, 3013)
                .hasMessageContaining("Cannot open backup device 'D:\\elsewhere\\x.bak'. Operating system error 3(");
        fails("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\no\\such\\x.bak'", 3201, 3013);
        fails("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\..\\x.bak'", 3201, 3013);
    }

    @Test
    void quotesWindowsForAFileThatTheServiceMayNotWrite() throws IOException {
        Files.createDirectories(folder.resolve("taken.bak"));

        fails("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\taken.bak'", 3201, 3013)
                .hasMessageContaining("Operating system error 5(Access is denied.)");
    }

    @Test
    void quotesWindowsForAFullDisk() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full here: not Linux");
        Files.createSymbolicLink(folder.resolve("full.bak"), full);

        fails("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\full.bak'", 3202, 3013)
                .hasMessageContaining("failed: 112(There is not enough space on the disk.)");
    }

    @Test
    void failsToOpenWhereAFaultWasInjected() {
        lab.server.inject(new Fault.OpenFails("\\nas\\", new OsError(53, "The network path was not found.")));

        fails("BACKUP DATABASE rtc TO DISK = '\\\\NAS\\share\\x.bak'", 3201, 3013)
                .hasMessageContaining("53(The network path was not found.)");
    }

    @Test
    void leavesNoRowInMsdb() throws SQLException {
        fails("BACKUP DATABASE rtc TO DISK = 'D:\\x.bak'", 3201, 3013);

        try (var rows = statement.executeQuery(
                "SELECT COUNT(*) FROM msdb.dbo.backupmediafamily WHERE physical_device_name = 'D:\\x.bak'")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void refusesALogWithoutAChain() {
        fails("BACKUP LOG plain TO DISK = 'C:\\backup\\x.trn'", 4208, 3013);
        fails("BACKUP LOG master TO DISK = 'C:\\backup\\x.trn'", 4212, 3013);
        lab.with("fresh", RecoveryModel.FULL, 1);
        fails("BACKUP LOG fresh TO DISK = 'C:\\backup\\x.trn'", 4214, 3013);
    }

    @Test
    void refusesALogAfterTheChainWasBroken() throws SQLException {
        lab.with("broken", RecoveryModel.FULL, 1);
        statement.execute("BACKUP DATABASE broken TO DISK = 'C:\\backup\\broken.bak'");
        statement.execute("ALTER DATABASE broken SET RECOVERY SIMPLE");
        statement.execute("ALTER DATABASE broken SET RECOVERY FULL");

        fails("BACKUP LOG broken TO DISK = 'C:\\backup\\broken.trn'", 4214, 3013);
    }

    @Test
    void refusesADifferentialWithoutABase() throws SQLException {
        fails("BACKUP DATABASE plain TO DISK = 'C:\\backup\\x.dif' WITH DIFFERENTIAL", 3035, 3013);
        fails("BACKUP DATABASE master TO DISK = 'C:\\backup\\x.dif' WITH DIFFERENTIAL", 3024, 3013);

        lab.with("copied", RecoveryModel.FULL, 1);
        statement.execute("BACKUP DATABASE copied TO DISK = 'C:\\backup\\copied.bak' WITH COPY_ONLY");
        fails("BACKUP DATABASE copied TO DISK = 'C:\\backup\\x.dif' WITH DIFFERENTIAL", 3035, 3013);
    }

    @Test
    void refusesTempdbAndContradictions() {
        fails("BACKUP DATABASE tempdb TO DISK = 'C:\\backup\\x.bak'", 3147, 3013);
        fails("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak' WITH CHECKSUM, NO_CHECKSUM", 3031, 3013);
        fails("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak' WITH NORECOVERY", 3032, 3013);
    }

    @Test
    void refusesCompressionWhereTheEditionHasNone() throws SQLException {
        try (var express = Lab.start(folder, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.OFFERED)
                        .with("rtc", RecoveryModel.SIMPLE, 1);
                var other = express.connect();
                var there = other.createStatement()) {
            assertThatThrownBy(
                            () -> there.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak' WITH COMPRESSION"))
                    .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(1844, 3013))
                    .hasMessageContaining("BACKUP DATABASE WITH COMPRESSION is not supported on Express Edition.");
        }
    }

    @Test
    void refusesToAppendToWhatIsNoBackup() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "Dear Sir".repeat(2000));

        fails("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\letter.txt'", 3241, 3013);
    }

    @Test
    void goesOnWithTheNextStatementOfTheBatch() throws SQLException {
        var sql = "BACKUP DATABASE nosuch TO DISK = 'C:\\backup\\x.bak' SELECT 1";
        assertThatThrownBy(() -> statement.execute(sql))
                .satisfies(e -> assertThat(Said.numbers(e)).startsWith(911, 3013));

        assertThat(statement.getMoreResults()).isTrue();
    }
}

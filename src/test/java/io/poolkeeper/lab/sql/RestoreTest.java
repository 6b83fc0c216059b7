// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    private static final String MOVED =
            " MOVE 'rtc' TO 'C:\\backup\\copy.mdf', MOVE 'rtc_log' TO 'C:\\backup\\copy.ldf'";

    @TempDir
    Path folder;

    private Lab lab;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start() throws SQLException {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 300);
        connection = lab.connect();
        statement = connection.createStatement();
        statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\rtc.bak' WITH CHECKSUM");
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        lab.close();
    }

    private List<String> rows(String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(String.join("|", row));
            }
            return all;
        }
    }

    private void fails(String sql, Integer... numbers) {
        assertThatThrownBy(() -> statement.execute(sql))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(numbers));
    }

    private String stateOf(String database) throws SQLException {
        return rows("SELECT state_desc FROM sys.databases WHERE name = '" + database + "'")
                .get(0);
    }

    @Test
    void bringsEveryRowBackUnderAnotherName() throws SQLException {
        var sql = "SELECT * FROM %s.dbo.Resource ORDER BY ResourceId";

        statement.execute("RESTORE DATABASE copy FROM DISK = 'C:\\backup\\rtc.bak' WITH" + MOVED);

        assertThat(rows(sql.formatted("copy"))).hasSize(300).isEqualTo(rows(sql.formatted("rtc")));
        assertThat(rows("SELECT restore_type, destination_database_name FROM msdb.dbo.restorehistory"))
                .containsExactly("D|copy");
    }

    @Test
    void bringsKeysAndIdentityBack() throws SQLException {
        statement.execute("RESTORE DATABASE copy FROM DISK = 'C:\\backup\\rtc.bak' WITH" + MOVED);
        statement.execute("USE copy INSERT INTO dbo.Resource(UserAtHost) VALUES ('next')");

        assertThat(rows("SELECT MAX(ResourceId) FROM dbo.Resource")).containsExactly("301");
        assertThatThrownBy(() -> statement.execute("INSERT INTO dbo.Resource(ResourceId, UserAtHost) VALUES (1, 'x')"))
                .satisfies(e -> assertThat(Said.numbers(e)).startsWith(2627));
    }

    @Test
    void tellsProgressAndSummaryInOrder() throws SQLException {
        var said =
                Said.by(statement, "RESTORE DATABASE copy FROM DISK = 'C:\\backup\\rtc.bak' WITH STATS = 50," + MOVED);

        assertThat(said.stream().map(line -> line.substring(0, 4)))
                .containsExactly("3211", "4035", "3211", "4035", "3014");
        assertThat(said.get(4)).startsWith("3014 RESTORE DATABASE successfully processed ");
    }

    @Test
    void refusesToWriteOverTheFilesOfAnother() {
        fails("RESTORE DATABASE copy FROM DISK = 'C:\\backup\\rtc.bak'", 1834, 3156, 1834, 3156, 3119, 3013);
        fails(
                "RESTORE DATABASE copy FROM DISK = 'C:\\backup\\rtc.bak' WITH MOVE 'nosuch' TO 'C:\\backup\\x.mdf'",
                3234,
                3013);
        fails(
                "RESTORE DATABASE copy FROM DISK = 'C:\\backup\\rtc.bak' WITH MOVE 'rtc' TO 'Q:\\no\\x.mdf',"
                        + " MOVE 'rtc_log' TO 'C:\\backup\\x.ldf'",
                5133,
                3156,
                3119,
                3013);
    }

    @Test
    void refusesToLoseTheTailOfALog() throws SQLException {
        fails("RESTORE DATABASE rtc FROM DISK = 'C:\\backup\\rtc.bak'", 3159, 3013);

        statement.execute("DELETE rtc.dbo.Resource");
        statement.execute("RESTORE DATABASE rtc FROM DISK = 'C:\\backup\\rtc.bak' WITH REPLACE");
        assertThat(rows("SELECT COUNT(*) FROM rtc.dbo.Resource")).containsExactly("300");
    }

    @Test
    void refusesToReplaceAnotherDatabase() {
        lab.with("LcsLog", RecoveryModel.SIMPLE, 1);

        fails("RESTORE DATABASE LcsLog FROM DISK = 'C:\\backup\\rtc.bak' WITH" + MOVED, 3154, 3013);
    }

    @Test
    void overwritesASimpleDatabaseWithItsOwnBackup() throws SQLException {
        lab.with("LcsLog", RecoveryModel.SIMPLE, 4);
        statement.execute("BACKUP DATABASE LcsLog TO DISK = 'C:\\backup\\LcsLog.bak'");
        statement.execute("DELETE FROM LcsLog.dbo.Resource");

        statement.execute("RESTORE DATABASE LcsLog FROM DISK = 'C:\\backup\\LcsLog.bak'");

        assertThat(rows("SELECT COUNT(*) FROM LcsLog.dbo.Resource")).containsExactly("4");
    }

    @Test
    void refusesADatabaseThatIsInUse() throws SQLException {
        try (var user = lab.connect("databaseName=rtc")) {
            assertThat(user.isValid(1)).isTrue();
            fails("RESTORE DATABASE rtc FROM DISK = 'C:\\backup\\rtc.bak' WITH REPLACE", 3101, 3013);

            statement.execute("ALTER DATABASE rtc SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
            assertThat(user.isValid(1)).isFalse();
        }
        statement.execute("RESTORE DATABASE rtc FROM DISK = 'C:\\backup\\rtc.bak' WITH REPLACE");
        fails("USE rtc RESTORE DATABASE rtc FROM DISK = 'C:\\backup\\rtc.bak' WITH REPLACE", 3102, 3013);
    }

    @Test
    void stopsAtADamagedPageAndLeavesTheDatabaseRestoring() throws SQLException, IOException {
        var bytes = Files.readAllBytes(folder.resolve("rtc.bak"));
        bytes[2 * 8192 + 500] ^= 1;
        Files.write(folder.resolve("rtc.bak"), bytes);

        fails("RESTORE DATABASE copy FROM DISK = 'C:\\backup\\rtc.bak' WITH" + MOVED, 3183, 3013);
        assertThat(stateOf("copy")).isEqualTo("RESTORING");
    }

    @Test
    void waitsForMoreWithNorecovery() throws SQLException {
        statement.execute("RESTORE DATABASE copy FROM DISK = 'C:\\backup\\rtc.bak' WITH NORECOVERY," + MOVED);
        assertThat(stateOf("copy")).isEqualTo("RESTORING");
        fails("USE copy", 927);

        statement.execute("RESTORE DATABASE copy WITH RECOVERY");
        assertThat(stateOf("copy")).isEqualTo("ONLINE");
        fails("RESTORE DATABASE copy WITH RECOVERY", 3153, 3013);
    }

    @Test
    void refusesMasterTempdbAndNewerServers() throws SQLException {
        fails("RESTORE DATABASE master FROM DISK = 'C:\\backup\\rtc.bak'", 3108, 3013);
        fails("RESTORE DATABASE tempdb FROM DISK = 'C:\\backup\\rtc.bak'", 3147, 3013);
        try (var old = Lab.start(folder, ServerVersion.SQL_2008_R2_SP3, Edition.STANDARD, TlsPolicy.OFFERED);
                var there = old.connect();
                var trying = there.createStatement()) {
            assertThatThrownBy(() -> trying.execute("RESTORE DATABASE rtc FROM DISK = 'C:\\backup\\rtc.bak'"))
                    .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(3169, 3013));
        }
    }

    @Test
    void restoresOnAnotherInstance() throws SQLException {
        try (var drill = Lab.start(folder);
                var there = drill.connect();
                var drilling = there.createStatement()) {
            drilling.execute("RESTORE DATABASE drill FROM DISK = 'C:\\backup\\rtc.bak' WITH" + MOVED);
            drilling.execute("DBCC CHECKDB (N'drill') WITH NO_INFOMSGS, ALL_ERRORMSGS");
            try (var rows = drilling.executeQuery("SELECT COUNT_BIG(*) FROM drill.dbo.Resource")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(300);
            }
            drilling.execute("DROP DATABASE drill");
        }
    }

    @Test
    void restoresMsdbWithItsHistory() throws SQLException {
        statement.execute("BACKUP DATABASE msdb TO DISK = 'C:\\backup\\msdb.bak'");
        statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\later.bak'");

        statement.execute("RESTORE DATABASE msdb FROM DISK = 'C:\\backup\\msdb.bak' WITH REPLACE");

        assertThat(rows("SELECT COUNT(*) FROM msdb.dbo.backupset")).containsExactly("1");
    }
}

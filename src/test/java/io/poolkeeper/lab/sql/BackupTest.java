// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerWarning;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
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

class BackupTest {
    @TempDir
    Path folder;

    private Lab lab;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start() throws SQLException {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 2_000);
        connection = lab.connect();
        statement = connection.createStatement();
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

    @Test
    void tellsProgressFilesAndSummaryInSqlServersOrder() throws SQLException {
        var said = Said.by(
                statement, "BACKUP DATABASE [rtc] TO DISK = N'C:\\backup\\rtc.bak' WITH INIT, CHECKSUM, STATS = 25");

        assertThat(said).hasSize(7);
        assertThat(said.subList(0, 3))
                .containsExactly(
                        "3211 25 percent processed.", "3211 50 percent processed.", "3211 75 percent processed.");
        assertThat(said.get(3)).matches("4035 Processed \\d+ pages for database 'rtc', file 'rtc' on file 1\\.");
        assertThat(said.get(4)).isEqualTo("3211 100 percent processed.");
        assertThat(said.get(5)).matches("4035 Processed \\d+ pages for database 'rtc', file 'rtc_log' on file 1\\.");
        assertThat(said.get(6))
                .matches("3014 BACKUP DATABASE successfully processed \\d+ pages in \\d+\\.\\d{3} seconds"
                        + " \\(\\d+\\.\\d{3} MB/sec\\)\\.");
    }

    @Test
    void sendsItsMessagesAsClassZero() throws SQLException {
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH STATS");

        var warning = (SQLServerWarning) statement.getWarnings();
        assertThat(warning.getSQLServerError().getErrorSeverity()).isZero();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
    }

    @Test
    void showsProgressWhileItRuns() throws SQLException {
        var sizes = new ArrayList<Long>();
        connection.unwrap(SQLServerConnection.class).setServerMessageHandler((ISQLServerMessage message) -> {
            sizes.add(folder.resolve("rtc.bak").toFile().length());
            return message;
        });
        lab.with("big", RecoveryModel.SIMPLE, 100_000);

        statement.execute("BACKUP DATABASE big TO DISK = N'C:\\backup\\rtc.bak' WITH STATS = 10");

        assertThat(sizes.get(0)).isLessThan(sizes.get(sizes.size() - 1));
    }

    @Test
    void leavesATruthfulRowInMsdb() throws SQLException {
        statement.execute(
                "BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH CHECKSUM, COPY_ONLY, NAME = N'nightly'");

        assertThat(rows("SELECT s.database_name, s.type, s.position, s.name, s.has_backup_checksums, s.is_copy_only,"
                        + " s.recovery_model, s.server_name, s.user_name, f.physical_device_name, f.device_type"
                        + " FROM msdb.dbo.backupset s"
                        + " JOIN msdb.dbo.backupmediafamily f ON f.media_set_id = s.media_set_id"))
                .containsExactly("rtc|D|1|nightly|1|1|FULL|OCS2007\\RTC|sa|C:\\backup\\rtc.bak|2");
    }

    @Test
    void chainsFullDifferentialAndLogBackups() throws SQLException {
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\1.bak'");
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\copy.bak' WITH COPY_ONLY");
        statement.execute("BACKUP LOG rtc TO DISK = N'C:\\backup\\2.trn'");
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\3.bak' WITH DIFFERENTIAL");
        statement.execute("BACKUP LOG rtc TO DISK = N'C:\\backup\\4.trn'");

        var sets = rows("SELECT type, first_lsn, last_lsn, checkpoint_lsn, database_backup_lsn, differential_base_lsn"
                        + " FROM msdb.dbo.backupset WHERE is_copy_only = 0 ORDER BY backup_set_id")
                .stream()
                .map(row -> row.split("\\|", -1))
                .toList();
        var full = sets.get(0);
        var log = sets.get(1);
        var differential = sets.get(2);
        var nextLog = sets.get(3);
        assertThat(full[4]).isEqualTo("0");
        assertThat(Long.parseLong(log[1])).isLessThanOrEqualTo(Long.parseLong(full[2]));
        assertThat(Long.parseLong(log[2])).isGreaterThan(Long.parseLong(full[2]));
        assertThat(differential[4]).isEqualTo(full[3]);
        assertThat(differential[5]).isEqualTo(full[1]);
        assertThat(nextLog[1]).isEqualTo(log[2]);
        assertThat(full[1]).hasSize(17);
    }

    @Test
    void appendsToTheMediaUnlessToldOtherwise() throws SQLException {
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak'");
        statement.execute("BACKUP LOG rtc TO DISK = N'C:\\backup\\rtc.bak'");
        assertThat(rows("RESTORE HEADERONLY FROM DISK = N'C:\\backup\\rtc.bak'"))
                .hasSize(2);

        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH INIT");
        assertThat(rows("RESTORE HEADERONLY FROM DISK = N'C:\\backup\\rtc.bak'"))
                .hasSize(1);
    }

    @Test
    void keepsTheMediaSetWithInitAndMakesANewOneWithFormat() throws SQLException {
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak'");
        var first = rows("RESTORE LABELONLY FROM DISK = N'C:\\backup\\rtc.bak'").get(0);
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH INIT");
        assertThat(rows("RESTORE LABELONLY FROM DISK = N'C:\\backup\\rtc.bak'")).containsExactly(first);

        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH FORMAT");
        assertThat(rows("RESTORE LABELONLY FROM DISK = N'C:\\backup\\rtc.bak'")).doesNotContain(first);
    }

    @Test
    void makesSmallerFilesWithCompressionAndNeverMixesThemWithPlainOnes() throws SQLException, IOException {
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\plain.bak'");
        statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\small.bak' WITH COMPRESSION");

        assertThat(Files.size(folder.resolve("small.bak"))).isLessThan(Files.size(folder.resolve("plain.bak")) / 2);
        assertThat(rows("SELECT COUNT(*) FROM msdb.dbo.backupset WHERE compressed_backup_size < backup_size"))
                .containsExactly("1");
        assertThatThrownBy(() -> statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\small.bak'"))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(3098, 3013));
    }

    @Test
    void backsUpMasterAndMsdb() throws SQLException {
        statement.execute("BACKUP DATABASE master TO DISK = N'C:\\backup\\master.bak' WITH CHECKSUM");
        statement.execute("BACKUP DATABASE msdb TO DISK = N'C:\\backup\\msdb.bak' WITH CHECKSUM");

        assertThat(rows("SELECT database_name FROM msdb.dbo.backupset ORDER BY backup_set_id"))
                .containsExactly("master", "msdb");
    }

    @Test
    void isVisibleToOthersWithItsPercentage() throws SQLException {
        var seen = new ArrayList<String>();
        lab.with("big", RecoveryModel.SIMPLE, 50_000);
        try (var other = lab.connect();
                var looking = other.createStatement()) {
            connection.unwrap(SQLServerConnection.class).setServerMessageHandler((ISQLServerMessage message) -> {
                seen.addAll(percent(looking));
                return message;
            });
            statement.execute("BACKUP DATABASE big TO DISK = N'C:\\backup\\big.bak' WITH STATS = 20");
        }
        assertThat(seen).isNotEmpty().allMatch(row -> row.startsWith("BACKUP DATABASE "));
    }

    private static List<String> percent(Statement looking) {
        var sql = "SELECT command, percent_complete FROM sys.dm_exec_requests WHERE command LIKE 'BACKUP%'";
        try (var rows = looking.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1) + " " + rows.getFloat(2));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemViewsTest {
    @TempDir
    static Path folder;

    static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 7).with("gone", RecoveryModel.SIMPLE, 0);
        lab.server.setState("gone", DatabaseState.OFFLINE);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private static List<String> rows(String database, String sql) throws SQLException {
        try (var connection = lab.connect("databaseName=" + database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(rows.getObject(i)));
                }
                all.add(String.join("|", row));
            }
            return all;
        }
    }

    @Test
    void listTheDatabasesWithStateAndModelFromEveryDatabase() throws SQLException {
        var sql = "SELECT name, state_desc, recovery_model_desc, user_access_desc, is_read_only, source_database_id"
                + " FROM sys.databases WHERE database_id > 4 ORDER BY name";
        var expected = List.of("gone|OFFLINE|SIMPLE|MULTI_USER|false|null", "rtc|ONLINE|FULL|MULTI_USER|false|null");

        assertThat(rows("master", sql)).isEqualTo(expected);
        assertThat(rows("rtc", sql)).isEqualTo(expected);
        assertThat(rows("rtc", sql.replace("sys.databases", "[master].[sys].[databases]")))
                .isEqualTo(expected);
    }

    @Test
    void describeStateAndLevelAsTinyint() throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT state, compatibility_level FROM sys.databases")) {
            rows.next();
            assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("tinyint");
            assertThat(rows.getShort(2)).isEqualTo((short) 150);
        }
    }

    @Test
    void countTheRowsOfEachTable() throws SQLException {
        var byPartitions = "SELECT s.name, t.name, SUM(p.rows) FROM sys.tables t"
                + " JOIN sys.schemas s ON s.schema_id = t.schema_id"
                + " JOIN sys.partitions p ON p.object_id = t.object_id AND p.index_id IN (0, 1) GROUP BY s.name, t.name";
        var byStats = "SELECT o.name, SUM(s.row_count) FROM sys.dm_db_partition_stats s"
                + " JOIN sys.objects o ON o.object_id = s.object_id WHERE o.type = 'U' GROUP BY o.name";

        assertThat(rows("rtc", byPartitions)).containsExactly("dbo|Resource|7");
        assertThat(rows("rtc", byStats)).containsExactly("Resource|7");
    }

    @Test
    void describeTablesTheStandardWay() throws SQLException {
        assertThat(rows(
                        "rtc",
                        "SELECT TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES"))
                .containsExactly("rtc|dbo|Resource|BASE TABLE");
        assertThat(rows("rtc", "SELECT COLUMN_NAME, DATA_TYPE, IS_NULLABLE FROM information_schema.columns"))
                .containsExactly(
                        "ResourceId|int|NO", "UserAtHost|nvarchar|NO", "Changed|datetime2|YES", "Photo|varbinary|YES");
        assertThat(rows(
                        "rtc",
                        "SELECT c.name, t.name FROM sys.columns c JOIN sys.types t"
                                + " ON t.user_type_id = c.user_type_id WHERE c.object_id = OBJECT_ID('dbo.Resource')"))
                .contains("ResourceId|int", "Photo|varbinary");
    }

    @Test
    void nameTheFilesOfEachDatabase() throws SQLException {
        var sql = "SELECT d.name, f.type_desc, f.physical_name FROM sys.master_files f"
                + " JOIN sys.databases d ON d.database_id = f.database_id WHERE d.name = N'rtc' ORDER BY f.file_id";

        var data = "C:\\Program Files\\Microsoft SQL Server\\MSSQL15.RTC\\MSSQL\\DATA\\";
        assertThat(rows("master", sql))
                .containsExactly("rtc|ROWS|" + data + "rtc.mdf", "rtc|LOG|" + data + "rtc_log.ldf");
    }

    @Test
    void joinTheHistoryInMsdbWithTheDatabases() throws SQLException {
        var sql = "SELECT d.name, COUNT(b.backup_set_id) FROM sys.databases d"
                + " LEFT JOIN msdb.dbo.backupset b ON b.database_name = d.name WHERE d.name = 'rtc' GROUP BY d.name";

        assertThat(rows("master", sql)).containsExactly("rtc|0");
    }

    @Test
    void showWhoIsLoggedIn() throws SQLException {
        var sql = "SELECT login_name, program_name FROM sys.dm_exec_sessions WHERE session_id = @@SPID";

        assertThat(rows("master", sql)).containsExactly("sa|Microsoft JDBC Driver for SQL Server");
    }

    @Test
    void answerWhatTheLoginMay() throws SQLException {
        var sql = "SELECT IS_SRVROLEMEMBER('sysadmin'), HAS_PERMS_BY_NAME('rtc', 'DATABASE', 'BACKUP DATABASE'),"
                + " HAS_DBACCESS('gone'), DB_ID('rtc'), DB_NAME(1), SUSER_SNAME(), DATABASEPROPERTYEX('rtc', 'Recovery')";

        assertThat(rows("master", sql)).containsExactly("1|1|0|5|master|sa|FULL");
    }

    @Test
    void answerThatTheLoginLacksARightAndRefuseWhatNeedsIt() throws SQLException {
        lab.server.inject(new Fault.Denied("BACKUP DATABASE", "rtc"));
        lab.server.inject(new Fault.Denied("CREATE ANY DATABASE", ""));
        try {
            assertThat(rows(
                            "master",
                            "SELECT IS_SRVROLEMEMBER('sysadmin'),"
                                    + " HAS_PERMS_BY_NAME('[rtc]', 'DATABASE', 'BACKUP DATABASE'),"
                                    + " HAS_PERMS_BY_NAME('rtc', 'DATABASE', 'BACKUP LOG'),"
                                    + " HAS_PERMS_BY_NAME('model', 'DATABASE', 'BACKUP DATABASE'),"
                                    + " HAS_PERMS_BY_NAME(NULL, NULL, 'CREATE ANY DATABASE'),"
                                    + " HAS_PERMS_BY_NAME('nosuch', 'DATABASE', 'BACKUP DATABASE')"))
                    .containsExactly("0|0|1|1|0|null");
            fails("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\denied.bak'", 262, 3013);
            fails("RESTORE LABELONLY FROM DISK = N'C:\\backup\\denied.bak'", 262, 3013);
        } finally {
            lab.server.clearFaults();
        }
    }

    @Test
    void showHowADatabaseVerifiesItsPages() throws SQLException {
        var sql = "SELECT page_verify_option, page_verify_option_desc FROM sys.databases WHERE name = 'rtc'";
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE rtc SET PAGE_VERIFY TORN_PAGE_DETECTION");
            assertThat(rows("master", sql)).containsExactly("1|TORN_PAGE_DETECTION");
            statement.execute("ALTER DATABASE rtc SET PAGE_VERIFY CHECKSUM");
            assertThat(rows("master", sql)).containsExactly("2|CHECKSUM");
        }
    }

    private static void fails(String sql, Integer... numbers) throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(numbers));
        }
    }
}

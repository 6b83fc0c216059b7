// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @TempDir
    static Path folder;

    static Lab lab;

    private Connection connection;
    private Statement statement;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 20).with("LcsLog", RecoveryModel.SIMPLE, 3);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = lab.connect("databaseName=rtc");
        statement = connection.createStatement();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private Object scalar(String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getObject(1);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Test
    void countsAsIntAndCountsBigAsBigint() throws SQLException {
        assertThat(scalar("SELECT COUNT(*) FROM dbo.Resource")).isEqualTo(20);
        assertThat(scalar("SELECT COUNT_BIG(*) FROM [dbo].[Resource] WITH (NOLOCK)"))
                .isEqualTo(20L);
    }

    @Test
    void readsATableInOrder() throws SQLException {
        var names = column("SELECT TOP (2) UserAtHost FROM Resource ORDER BY ResourceId DESC");

        assertThat(names).containsExactly("user20@ocs.lab", "user19@ocs.lab");
    }

    @Test
    void gives208ForAMissingTableAnd207ForAMissingColumn() {
        assertThatThrownBy(() -> scalar("SELECT * FROM dbo.NoSuch"))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(208));
        assertThatThrownBy(() -> scalar("SELECT NoSuch FROM dbo.Resource"))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(207));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEC 1|102",
                "SELECT @x|137",
                "EXEC sp_nosuch|2812",
                "SELECT nosuch(1)|195",
                "SELECT 1/0|8134",
                "SELECT 'abc|105",
                "BULK INSERT t FROM 'x'|102",
                "SET SHOWPLAN_ALL ON|50000",
                "BACKUP DATABASE rtc TO URL = 'https://x/y'|50000",
                "BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x' WITH NOSUCH|155",
                "DBCC SHRINKDATABASE (rtc)|50000",
                "ALTER DATABASE rtc SET NOSUCH ON|50000"
            })
    void refusesWhatItDoesNotKnow(String sql, int number) {
        assertThatThrownBy(() -> statement.execute(sql))
                .satisfies(e -> assertThat(Said.numbers(e)).startsWith(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM dbo.Resource r JOIN LcsLog.dbo.Resource l ON l.ResourceId = r.ResourceId",
                "SELECT * FROM msdb.dbo.backupset b, LcsLog.dbo.Resource r"
            })
    void refusesToJoinOverDatabasesRatherThanAnswerFromOne(String sql) {
        assertThatThrownBy(() -> statement.executeQuery(sql)).hasMessageContaining("over several databases");
    }

    @Test
    void readsATableOfAnotherDatabaseByItsThreePartName() throws SQLException {
        assertThat(scalar("SELECT COUNT(*) FROM LcsLog.dbo.Resource")).isEqualTo(3);
        assertThat(scalar("SELECT COUNT(*) FROM [lcslog]..[Resource]")).isEqualTo(3);
    }

    @Test
    void runsStatementsThatNothingSeparates() throws SQLException {
        var sql = "set nocount on set ansi_nulls on SELECT 1 AS a SELECT 2 AS b\nDECLARE @n int SET @n = 3 SELECT @n";

        assertThat(firstColumns(sql)).containsExactly(1, 2, 3);
    }

    private List<Integer> firstColumns(String sql) throws SQLException {
        var values = new ArrayList<Integer>();
        var isResult = statement.execute(sql);
        while (isResult || statement.getUpdateCount() != -1) {
            if (isResult) {
                try (ResultSet rows = statement.getResultSet()) {
                    rows.next();
                    values.add(rows.getInt(1));
                }
            }
            isResult = statement.getMoreResults();
        }
        return values;
    }

    @Test
    void choosesByConditions() throws SQLException {
        assertThat(scalar("IF EXISTS (SELECT * FROM sys.databases WHERE name = N'rtc') SELECT 'yes' ELSE SELECT 'no'"))
                .isEqualTo("yes");
        assertThat(scalar("IF @@TRANCOUNT > 0 BEGIN SELECT 'in' END ELSE BEGIN SELECT 'out' END"))
                .isEqualTo("out");
    }

    @Test
    void keepsVariablesWithinABatch() throws SQLException {
        var sql = "DECLARE @db sysname = N'rtc', @n int; SELECT @n = COUNT(*) FROM dbo.Resource;"
                + " WHILE @n < 23 SET @n = @n + 1; SELECT @db + N':' + CAST(@n AS nvarchar(10))";

        assertThat(scalar(sql)).isEqualTo("rtc:23");
    }

    @Test
    void tellsPrintAndRaiserrorOfLowSeverityAsWarnings() throws SQLException {
        assertThat(Said.by(statement, "PRINT N'hello' RAISERROR('%d of %s', 5, 3, 4, 'x')"))
                .containsExactly("0 hello", "50000 4 of x");
    }

    @Test
    void throwsRaiserrorOfHighSeverityAndGoesOnWithTheBatch() throws SQLException {
        assertThatThrownBy(() -> statement.execute("RAISERROR('bad', 16, 2) SELECT 1"))
                .satisfies(e -> assertThat(Said.numbers(e)).startsWith(50000));
        assertThat(connection.isValid(1)).isTrue();
    }

    @Test
    void answersNullForAPropertyThatTheVersionDoesNotKnow() throws SQLException {
        assertThat(scalar("SELECT SERVERPROPERTY('NoSuchProperty')")).isNull();
        assertThat(scalar("DECLARE @p nvarchar(30) = 'EngineEdition' SELECT SERVERPROPERTY(@p)"))
                .isEqualTo(2);
        assertThat(scalar("SELECT CONVERT(sysname, SERVERPROPERTY('MachineName'))"))
                .isEqualTo("OCS2007");
    }

    @Test
    void formatsTimesByStyle() throws SQLException {
        var sql = "SELECT CONVERT(varchar(30), CAST('2026-11-23 02:14:05.678' AS datetime), 126)";

        assertThat(scalar(sql)).isEqualTo("2026-11-23T02:14:05.678");
    }

    @Test
    void makesAndFillsTablesInTransactSql() throws SQLException {
        statement.execute("CREATE TABLE [dbo].[Made]([Id] [bigint] IDENTITY(1,1) NOT NULL, [Level] [tinyint] NULL,"
                + " [Name] [nvarchar](50) COLLATE Latin1_General_CI_AS NULL, [At] [datetime] NULL DEFAULT (GETDATE()),"
                + " CONSTRAINT [PK_Made] PRIMARY KEY CLUSTERED ([Id] ASC)) ON [PRIMARY]");
        statement.execute("INSERT dbo.Made(Level, Name) VALUES (200, N'Zoë \uD83D\uDE00'), (1, NULL)");

        assertThat(statement.executeUpdate("UPDATE dbo.Made SET Name = N'x' WHERE Name IS NULL"))
                .isEqualTo(1);
        assertThat(scalar("SELECT Name FROM dbo.Made WHERE Level = 200")).isEqualTo("Zoë \uD83D\uDE00");
        assertThatThrownBy(() -> statement.execute("INSERT INTO dbo.Made(Id, Name) VALUES (1, 'again')"))
                .satisfies(e -> assertThat(Said.numbers(e)).startsWith(2627));
        statement.execute("DROP TABLE IF EXISTS dbo.Made");
    }

    @Test
    void changesTheCurrentDatabaseByUseAndBySetCatalog() throws SQLException {
        connection.setCatalog("LcsLog");
        assertThat(scalar("SELECT DB_NAME()")).isEqualTo("LcsLog");

        statement.execute("USE [master]");
        assertThat(connection.getCatalog()).isEqualTo("master");
    }

    @Test
    void refusesTemporaryTablesByName() {
        assertThatThrownBy(() -> statement.execute("CREATE TABLE #t(a int)")).hasMessageContaining("temporary tables");
    }
}

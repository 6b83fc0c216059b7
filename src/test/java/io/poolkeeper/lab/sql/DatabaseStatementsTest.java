// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseStatementsTest {
    @TempDir
    Path folder;

    private Lab lab;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start() throws SQLException {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 3);
        connection = lab.connect();
        statement = connection.createStatement();
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        lab.close();
    }

    private String scalar(String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private String of(String column) throws SQLException {
        return scalar("SELECT " + column + " FROM sys.databases WHERE name = 'rtc'");
    }

    private void fails(String sql, Integer... numbers) {
        assertThatThrownBy(() -> statement.execute(sql))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(numbers));
    }

    @Test
    void takeADatabaseOfflineAndBack() throws SQLException {
        statement.execute("ALTER DATABASE [rtc] SET OFFLINE WITH ROLLBACK IMMEDIATE");
        assertThat(of("state_desc")).isEqualTo("OFFLINE");
        fails("SELECT COUNT(*) FROM rtc.dbo.Resource", 942);

        statement.execute("ALTER DATABASE [rtc] SET ONLINE");
        assertThat(scalar("SELECT COUNT(*) FROM rtc.dbo.Resource")).isEqualTo("3");
    }

    @Test
    void doNotThrowOthersOutUnlessTold() throws SQLException {
        try (var user = lab.connect("databaseName=rtc")) {
            fails("ALTER DATABASE rtc SET OFFLINE", 5061, 5069);
            assertThat(user.isValid(1)).isTrue();
        }
    }

    @Test
    void changeAccessAndRecoveryModel() throws SQLException {
        statement.execute("ALTER DATABASE rtc SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        assertThat(of("user_access_desc")).isEqualTo("SINGLE_USER");
        statement.execute("ALTER DATABASE rtc SET MULTI_USER");
        statement.execute("ALTER DATABASE rtc SET RECOVERY SIMPLE WITH NO_WAIT");
        assertThat(of("recovery_model_desc")).isEqualTo("SIMPLE");
    }

    @Test
    void keepAReadOnlyDatabaseAsItIs() throws SQLException {
        statement.execute("ALTER DATABASE rtc SET READ_ONLY");
        fails("DELETE FROM rtc.dbo.Resource", 3906);
        assertThat(of("is_read_only")).isEqualTo("1");

        statement.execute("ALTER DATABASE rtc SET READ_WRITE");
        assertThat(statement.executeUpdate("DELETE FROM rtc.dbo.Resource")).isEqualTo(3);
    }

    @Test
    void letOnlyOneIntoASingleUserDatabase() throws SQLException {
        statement.execute("ALTER DATABASE rtc SET SINGLE_USER");
        try (var first = lab.connect("databaseName=rtc")) {
            assertThat(first.isValid(1)).isTrue();
            fails("USE rtc", 924);
            assertThatThrownBy(() -> lab.connect("databaseName=rtc;connectRetryCount=0"))
                    .satisfies(e -> assertThat(Said.numbers(e)).startsWith(4060));
        }
    }

    @Test
    void makeAndDropDatabases() throws SQLException {
        statement.execute(
                "CREATE DATABASE [new one] ON PRIMARY (NAME = N'd', FILENAME = N'C:\\backup\\d.mdf', SIZE = 5MB)"
                        + " LOG ON (NAME = N'l', FILENAME = N'C:\\backup\\l.ldf')");
        fails("CREATE DATABASE [NEW ONE]", 1801);
        assertThat(scalar("SELECT physical_name FROM sys.master_files WHERE name = 'd'"))
                .isEqualTo("C:\\backup\\d.mdf");

        statement.execute("DROP DATABASE [new one]");
        fails("DROP DATABASE [new one]", 3701);
        statement.execute("DROP DATABASE IF EXISTS [new one]");
        fails("DROP DATABASE msdb", 3708);
    }

    @Test
    void keepADatabaseThatIsInUse() throws SQLException {
        try (var user = lab.connect("databaseName=rtc")) {
            assertThat(user.isValid(1)).isTrue();
            fails("DROP DATABASE rtc", 3702);
        }
    }

    @Test
    void nameADatabaseThatIsNotThere() {
        fails("ALTER DATABASE nosuch SET OFFLINE", 5011, 5069);
        fails("USE nosuch", 911);
        fails("DBCC CHECKDB (N'nosuch')", 911);
        fails("KILL 9999", 6106);
    }

    @Test
    void checkADatabase() throws SQLException {
        assertThat(Said.by(statement, "DBCC CHECKDB ('rtc')"))
                .contains("8989 CHECKDB found 0 allocation errors and 0 consistency errors in database 'rtc'.");
        assertThat(Said.by(statement, "DBCC CHECKDB ('rtc') WITH NO_INFOMSGS")).isEmpty();
    }

    @Test
    void findAValueThatNoColumnMayHold() throws SQLException {
        statement.execute("CREATE TABLE rtc.dbo.Measured (Id INT PRIMARY KEY, Value FLOAT)");
        statement.execute("INSERT INTO rtc.dbo.Measured VALUES (1, 0.5)");
        try (var engine = lab.server.openForSeeding("rtc");
                var damage = engine.createStatement()) {
            damage.execute("UPDATE \"dbo\".\"Measured\" SET \"Value\" = CAST('NaN' AS DOUBLE PRECISION)");
        }

        fails("DBCC CHECKDB ('rtc') WITH NO_INFOMSGS", 2570);
    }
}

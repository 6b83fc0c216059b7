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

/** Full, differential and log backups, put together again. */
class RestoreChainTest {
    @TempDir
    Path folder;

    private Lab lab;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start() throws SQLException {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 10);
        connection = lab.connect();
        statement = connection.createStatement();
        run("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\full.bak'");
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        lab.close();
    }

    private void run(String sql) throws SQLException {
        statement.execute(sql);
    }

    private void add(String user) throws SQLException {
        run("INSERT INTO rtc.dbo.Resource(UserAtHost) VALUES ('" + user + "')");
    }

    private String scalar(String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void restore(String what, String file, String more) throws SQLException {
        run("RESTORE " + what + " copy FROM DISK = 'C:\\backup\\" + file + "' WITH " + more);
    }

    private void restoreFull() throws SQLException {
        restore(
                "DATABASE",
                "full.bak",
                "NORECOVERY, MOVE 'rtc' TO 'C:\\backup\\copy.mdf', MOVE 'rtc_log' TO 'C:\\backup\\copy.ldf'");
    }

    private void fails(String what, String file, String more, Integer... numbers) {
        assertThatThrownBy(() -> restore(what, file, more))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(numbers));
    }

    private void assertSame() throws SQLException {
        var sql = "SELECT COUNT(*), MIN(UserAtHost), MAX(UserAtHost) FROM %s.dbo.Resource";
        assertThat(scalar(sql.formatted("copy"))).isEqualTo(scalar(sql.formatted("rtc")));
    }

    @Test
    void appliesTwoLogsInOrder() throws SQLException {
        add("zz1");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");
        run("UPDATE rtc.dbo.Resource SET UserAtHost = 'zz2' WHERE UserAtHost = 'zz1'");
        run("DELETE rtc.dbo.Resource WHERE ResourceId = 3");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\2.trn'");

        restoreFull();
        restore("LOG", "1.trn", "NORECOVERY");
        restore("LOG", "2.trn", "RECOVERY");

        assertSame();
        assertThat(scalar("SELECT COUNT(*) FROM copy.dbo.Resource WHERE ResourceId = 3"))
                .isEqualTo("0");
    }

    @Test
    void stopsAtAPointInTime() throws SQLException {
        add("before");
        var between = scalar("SELECT CONVERT(varchar(30), GETDATE(), 126)");
        run("WAITFOR DELAY '00:00:00.050'");
        add("after");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");

        restoreFull();
        restore("LOG", "1.trn", "RECOVERY, STOPAT = '" + between.replaceAll("\\d$", "9") + "'");

        assertThat(scalar("SELECT MAX(UserAtHost) FROM copy.dbo.Resource WHERE ResourceId > 10"))
                .isEqualTo("before");
    }

    @Test
    void waitsForMoreOfTheLogWhenThePointInTimeIsNotReached() throws SQLException {
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");

        restoreFull();
        restore("LOG", "1.trn", "RECOVERY, STOPAT = '2099-01-01T00:00:00'");

        assertThat(statement.getWarnings().getErrorCode()).isEqualTo(4322);
        assertThat(scalar("SELECT state_desc FROM sys.databases WHERE name = 'copy'"))
                .isEqualTo("RESTORING");
    }

    @Test
    void refusesALogThatComesTooSoon() throws SQLException {
        add("zz1");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");
        add("zz2");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\2.trn'");

        restoreFull();
        fails("LOG", "2.trn", "RECOVERY", 4305, 3013);
    }

    @Test
    void refusesALogThatIsInAlready() throws SQLException {
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\2.trn'");

        restoreFull();
        restore("LOG", "1.trn", "NORECOVERY");
        restore("LOG", "2.trn", "NORECOVERY");
        fails("LOG", "1.trn", "NORECOVERY", 4326, 3013);
    }

    @Test
    void refusesALogOfAnotherRecoveryPath() throws SQLException {
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");
        run("RESTORE DATABASE rtc FROM DISK = 'C:\\backup\\full.bak' WITH REPLACE");
        add("on another path");
        run("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\other.bak'");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\other.trn'");

        restoreFull();
        fails("LOG", "other.trn", "RECOVERY", 4330, 3013);
    }

    @Test
    void appliesADifferentialToItsBase() throws SQLException {
        add("zz1");
        run("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\1.dif' WITH DIFFERENTIAL, CHECKSUM");
        add("zz2");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");

        restoreFull();
        restore("DATABASE", "1.dif", "NORECOVERY");
        restore("LOG", "1.trn", "RECOVERY");

        assertSame();
    }

    @Test
    void holdsOnlyTheTablesThatChangedInADifferential() throws SQLException {
        lab.with("two", RecoveryModel.SIMPLE, 20_000);
        run("USE two CREATE TABLE dbo.Small(x int) INSERT INTO dbo.Small VALUES (1) USE master");
        run("BACKUP DATABASE two TO DISK = 'C:\\backup\\two.bak'");
        run("UPDATE two.dbo.Small SET x = 2");
        run("BACKUP DATABASE two TO DISK = 'C:\\backup\\two.dif' WITH DIFFERENTIAL");

        assertThat(folder.resolve("two.dif").toFile().length())
                .isLessThan(folder.resolve("two.bak").toFile().length() / 10);
        run("RESTORE DATABASE two FROM DISK = 'C:\\backup\\two.bak' WITH REPLACE, NORECOVERY");
        run("RESTORE DATABASE two FROM DISK = 'C:\\backup\\two.dif' WITH RECOVERY");
        assertThat(scalar("SELECT x FROM two.dbo.Small")).isEqualTo("2");
        assertThat(scalar("SELECT COUNT(*) FROM two.dbo.Resource")).isEqualTo("20000");
    }

    @Test
    void refusesADifferentialOfAnotherBase() throws SQLException {
        run("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\newer.bak'");
        run("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\1.dif' WITH DIFFERENTIAL");

        restoreFull();
        fails("DATABASE", "1.dif", "RECOVERY", 3136, 3013);
    }

    @Test
    void ignoresACopyOnlyFullInTheChain() throws SQLException {
        run("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\copy.bak' WITH COPY_ONLY");
        add("zz1");
        run("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\1.dif' WITH DIFFERENTIAL");

        restoreFull();
        restore("DATABASE", "1.dif", "RECOVERY");

        assertSame();
    }

    @Test
    void refusesLogsAndDifferentialsWithoutARestoreUnderWay() throws SQLException {
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");

        fails("LOG", "1.trn", "RECOVERY", 3118, 3013);
        restoreFull();
        run("RESTORE DATABASE copy WITH RECOVERY");
        fails("LOG", "1.trn", "RECOVERY", 3117, 3013);
        fails("DATABASE", "1.trn", "REPLACE", 3135, 3013);
    }

    @Test
    void logsNewTablesToo() throws SQLException {
        run("USE rtc CREATE TABLE dbo.Later(id int PRIMARY KEY, t nvarchar(20))");
        run("INSERT INTO dbo.Later VALUES (1, N'a'), (2, N'b') USE master");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");

        restoreFull();
        restore("LOG", "1.trn", "RECOVERY");

        assertThat(scalar("SELECT MAX(t) FROM copy.dbo.Later")).isEqualTo("b");
    }

    @Test
    void leavesOutOfTheLogWhatWasRolledBack() throws SQLException {
        run("BEGIN TRAN INSERT INTO rtc.dbo.Resource(UserAtHost) VALUES ('zz') ROLLBACK TRAN");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");

        restoreFull();
        restore("LOG", "1.trn", "RECOVERY");

        assertSame();
    }

    @Test
    void goesOnWithTheChainAfterARestore() throws SQLException {
        run("RESTORE DATABASE rtc FROM DISK = 'C:\\backup\\full.bak' WITH REPLACE");
        add("zz1");
        run("BACKUP LOG rtc TO DISK = 'C:\\backup\\1.trn'");
        run("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\1.dif' WITH DIFFERENTIAL");

        restoreFull();
        restore("DATABASE", "1.dif", "RECOVERY");

        assertSame();
    }
}

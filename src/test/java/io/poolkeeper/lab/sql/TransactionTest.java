// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionTest {
    @TempDir
    static Path folder;

    static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 5);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            var isResult = statement.execute(sql);
            while (isResult || statement.getUpdateCount() != -1) {
                isResult = statement.getMoreResults();
            }
        }
    }

    private static int count(Connection connection, String condition) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM dbo.Resource WHERE " + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void hidesUncommittedRowsAndTakesThemBack() throws SQLException {
        try (var writer = lab.connect("databaseName=rtc");
                var reader = lab.connect("databaseName=rtc")) {
            writer.setAutoCommit(false);
            run(writer, "INSERT INTO dbo.Resource(UserAtHost) VALUES ('rolled back')");
            assertThat(count(reader, "UserAtHost = 'rolled back'")).isZero();

            writer.rollback();
            assertThat(count(writer, "UserAtHost = 'rolled back'")).isZero();

            run(writer, "INSERT INTO dbo.Resource(UserAtHost) VALUES ('committed')");
            writer.commit();
            writer.setAutoCommit(true);
            assertThat(count(reader, "UserAtHost = 'committed'")).isEqualTo(1);
        }
    }

    @Test
    void rollsBackWhatALostConnectionLeftOpen() throws SQLException {
        try (var writer = lab.connect("databaseName=rtc")) {
            run(writer, "BEGIN TRANSACTION INSERT INTO dbo.Resource(UserAtHost) VALUES ('lost')");
        }
        try (var reader = lab.connect("databaseName=rtc")) {
            assertThat(count(reader, "UserAtHost = 'lost'")).isZero();
        }
    }

    @Test
    void refusesACommitWithoutATransaction() throws SQLException {
        try (var connection = lab.connect()) {
            assertThatThrownBy(() -> run(connection, "COMMIT TRANSACTION"))
                    .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(3902));
        }
    }

    @Test
    void takesTheWholeTransactionBackWhenAnErrorIsToAbortIt() throws SQLException {
        try (var connection = lab.connect("databaseName=rtc")) {
            assertThatThrownBy(() -> run(
                            connection,
                            "SET XACT_ABORT ON BEGIN TRAN"
                                    + " INSERT INTO dbo.Resource(UserAtHost) VALUES ('aborted') INSERT INTO dbo.Resource"
                                    + "(ResourceId, UserAtHost) VALUES (1, 'twice') COMMIT TRAN"))
                    .isInstanceOf(SQLException.class);
            assertThat(count(connection, "UserAtHost = 'aborted'")).isZero();
        }
    }

    @Test
    void refusesABackupWithinATransaction() throws SQLException {
        try (var connection = lab.connect()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> run(connection, "BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak'"))
                    .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(3021, 3013));
            connection.rollback();
        }
        assertThat(folder.resolve("x.bak")).doesNotExist();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedStatementTest {
    @TempDir
    static Path folder;

    static Lab lab;

    private Connection connection;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 5);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = lab.connect("databaseName=rtc");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private static Object single(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            rows.next();
            return rows.getObject(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepexec", "prepare", "none"})
    void answersTheSameHoweverTheDriverPrepares(String method) throws SQLException {
        try (var other = lab.connect("databaseName=rtc;prepareMethod=" + method);
                var statement = other.prepareStatement("SELECT UserAtHost FROM dbo.Resource WHERE ResourceId = ?")) {
            for (var id = 1; id <= 4; id++) {
                statement.setInt(1, id);
                assertThat(single(statement)).isEqualTo("user" + id + "@ocs.lab");
            }
        }
    }

    @Test
    void bringsBackEveryKindOfParameter() throws SQLException {
        var guid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        var time = LocalDateTime.of(2026, 11, 23, 2, 14, 5, 123_456_700);
        try (var statement = connection.prepareStatement("SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?")) {
            statement.setInt(1, -5);
            statement.setLong(2, 34000000048800037L);
            statement.setBoolean(3, true);
            statement.setBigDecimal(4, new BigDecimal("-123.4500"));
            statement.setDouble(5, 1.5);
            statement.setString(6, "Zoë \uD83D\uDE00");
            statement.setString(7, "x".repeat(20_000));
            statement.setBytes(8, new byte[] {1, 2, -3});
            statement.setObject(9, time);
            statement.setObject(10, LocalDate.of(2026, 11, 23));
            statement.setObject(11, OffsetDateTime.parse("2026-11-23T02:14:05.1234567+01:00"));
            statement.setObject(12, guid);
            statement.setNull(13, Types.INTEGER);
            try (var rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(-5);
                assertThat(rows.getLong(2)).isEqualTo(34000000048800037L);
                assertThat(rows.getBoolean(3)).isTrue();
                assertThat(rows.getBigDecimal(4)).isEqualByComparingTo("-123.45");
                assertThat(rows.getDouble(5)).isEqualTo(1.5);
                assertThat(rows.getString(6)).isEqualTo("Zoë \uD83D\uDE00");
                assertThat(rows.getString(7)).hasSize(20_000);
                assertThat(rows.getBytes(8)).containsExactly(1, 2, -3);
                assertThat(rows.getObject(9, LocalDateTime.class)).isEqualTo(time);
                assertThat(rows.getObject(10, LocalDate.class)).isEqualTo(LocalDate.of(2026, 11, 23));
                assertThat(rows.getObject(11, OffsetDateTime.class))
                        .isEqualTo(OffsetDateTime.parse("2026-11-23T02:14:05.1234567+01:00"));
                assertThat(rows.getString(12)).isEqualToIgnoringCase(guid.toString());
                assertThat(rows.getObject(13)).isNull();
            }
        }
    }

    @Test
    void bringsBackATimeOfDay() throws SQLException {
        try (var statement = connection.prepareStatement("SELECT CAST(? AS time(7))")) {
            statement.setString(1, "02:14:05.1234567");
            try (var rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getObject(1, LocalTime.class)).isEqualTo(LocalTime.parse("02:14:05.1234567"));
            }
        }
    }

    @Test
    void runsAJdbcBatchAsSeveralCallsInOneMessage() throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE dbo.Resource SET Photo = ? WHERE ResourceId = ?")) {
            for (var id = 1; id <= 3; id++) {
                statement.setBytes(1, new byte[] {9});
                statement.setInt(2, id);
                statement.addBatch();
            }
            assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void backsUpADatabaseAndToAFileThatAreBothParameters() throws SQLException {
        try (var statement = connection.prepareStatement("BACKUP DATABASE ? TO DISK = ? WITH INIT, STATS = 50")) {
            statement.setString(1, "rtc");
            statement.setString(2, "C:\\backup\\parameters.bak");
            statement.execute();
        }
        assertThat(folder.resolve("parameters.bak")).isNotEmptyFile();
    }

    @Test
    void handsOutputParametersBack() throws SQLException {
        try (var call = connection.prepareCall("{call master.dbo.xp_fileexist(?, ?)}")) {
            call.setString(1, "C:\\backup\\no-such-file");
            call.registerOutParameter(2, Types.INTEGER);
            for (var time = 0; time < 3; time++) {
                call.execute();
                assertThat(call.getInt(2)).isZero();
            }
        }
        assertThat(connection.isValid(1)).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerException;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    @TempDir
    static Path folder;

    static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 1);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private static String scalar(String more, String sql) throws SQLException {
        try (var connection = lab.connect(more);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void letsTheDriverInWithFullEncryption() throws SQLException {
        assertThat(scalar("", "SELECT DB_NAME()")).isEqualTo("master");
    }

    @Test
    void letsTheDriverInWithTheLoginAloneEncrypted() throws SQLException {
        var url = "jdbc:sqlserver://127.0.0.1:" + lab.server.port() + ";encrypt=false;databaseName=rtc";
        try (var connection = DriverManager.getConnection(url, "sa", Lab.PASSWORD)) {
            assertThat(connection.getCatalog()).isEqualTo("rtc");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void opensTheDatabaseThatTheLoginAsksFor() throws SQLException {
        assertThat(scalar("databaseName=RTC", "SELECT DB_NAME()")).isEqualTo("rtc");
    }

    @Test
    void refusesAWrongPasswordWith18456AndAState() {
        assertThatThrownBy(() -> DriverManager.getConnection(lab.url(""), "sa", "wrong"))
                .isInstanceOfSatisfying(SQLServerException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(18456);
                    assertThat(e.getSQLServerError().getErrorState()).isEqualTo(1);
                    assertThat(e.getSQLServerError().getErrorSeverity()).isEqualTo(14);
                })
                .hasMessageContaining("Login failed for user 'sa'.");
    }

    @Test
    void refusesAnUnknownDatabaseWith4060Then18456() {
        assertThatThrownBy(() -> lab.connect("databaseName=nosuch;connectRetryCount=0"))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(4060, 18456));
    }

    @Test
    void refusesAnOfflineDatabaseWith4060() {
        lab.with("gone", RecoveryModel.SIMPLE, 0).server.setState("gone", DatabaseState.OFFLINE);

        assertThatThrownBy(() -> lab.connect("databaseName=gone;connectRetryCount=0"))
                .satisfies(e -> assertThat(Said.numbers(e)).startsWith(4060));
    }

    @Test
    void splitsTokensOverTheSmallestPackets() throws SQLException {
        assertThat(scalar("packetSize=512", "SELECT REPLICATE('x', 5000)")).hasSize(5000);
    }

    @Test
    void clampsPacketsThatTlsCannotCarry() throws SQLException {
        assertThat(scalar("packetSize=32767", "SELECT REPLICATE('x', 50000)")).hasSize(50000);
    }

    @Test
    void makesTheDriverCheckTheCertificateWhenEncryptionIsForced(@TempDir Path other) {
        try (var forcing = Lab.start(other, ServerVersion.SQL_2019, Edition.STANDARD, TlsPolicy.FORCED)) {
            var url = "jdbc:sqlserver://127.0.0.1:" + forcing.server.port() + ";encrypt=false;loginTimeout=5";
            assertThatThrownBy(() -> DriverManager.getConnection(url, "sa", Lab.PASSWORD))
                    .hasMessageContaining("PKIX");
        }
    }

    @Test
    void tellsTheDriverThatItCannotEncryptWhenItHasNoCertificate(@TempDir Path other) {
        try (var plain = Lab.start(other, ServerVersion.SQL_2019, Edition.STANDARD, TlsPolicy.NOT_SUPPORTED)) {
            assertThatThrownBy(plain::connect).hasMessageContaining("server is not configured to support SSL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void makesTheDriverNameTls10WhereTheServerKnowsNothingNewer(String encrypt, @TempDir Path other) {
        try (var old = Lab.start(other, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.TLS_1_0_ONLY)) {
            var url = "jdbc:sqlserver://127.0.0.1:" + old.server.port()
                    + ";trustServerCertificate=true;loginTimeout=5;encrypt=" + encrypt;
            assertThatThrownBy(() -> DriverManager.getConnection(url, "sa", Lab.PASSWORD))
                    .hasMessageContaining("The server selected protocol version TLS10 is not accepted");
        }
    }

    @Test
    void speaksTds72As2005And73As2008R2(@TempDir Path other) throws SQLException {
        try (var old = Lab.start(other, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.OFFERED);
                var newer = Lab.start(other, ServerVersion.SQL_2008_R2_SP3, Edition.STANDARD, TlsPolicy.OFFERED);
                var toOld = old.connect();
                var toNewer = newer.connect()) {
            assertThat(toOld.getMetaData().getDatabaseProductVersion()).isEqualTo("9.00.5000");
            assertThat(toNewer.getMetaData().getDatabaseProductVersion()).isEqualTo("10.50.6000");
        }
    }

    @Test
    void runsSeveralInstancesSideBySide(@TempDir Path other) throws SQLException {
        try (var second = Lab.start(other);
                var connection = second.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM sys.databases WHERE name = 'rtc'")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }
}

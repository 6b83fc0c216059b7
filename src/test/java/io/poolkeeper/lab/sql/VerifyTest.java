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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyTest {
    private static final int PAGE = 8192;

    @TempDir
    static Path folder;

    static Lab lab;

    private Connection connection;
    private Statement statement;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 500);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = lab.connect();
        statement = connection.createStatement();
        statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\rtc.bak' WITH FORMAT, CHECKSUM");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private List<String> verify(String more) throws SQLException {
        return Said.by(statement, "RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak'" + more);
    }

    private void fails(String sql, Integer... numbers) {
        assertThatThrownBy(() -> statement.execute(sql))
                .satisfies(e -> assertThat(Said.numbers(e)).containsExactly(numbers));
    }

    private static void flip(int position) throws IOException {
        var bytes = Files.readAllBytes(folder.resolve("rtc.bak"));
        bytes[position] ^= 0x10;
        Files.write(folder.resolve("rtc.bak"), bytes);
    }

    @Test
    void findsAWholeSetValid() throws SQLException {
        assertThat(verify("")).containsExactly("3262 The backup set on file 1 is valid.");
        assertThat(verify(" WITH CHECKSUM, STATS = 50"))
                .startsWith("3211 50 percent processed.")
                .endsWith("3262 The backup set on file 1 is valid.");
    }

    @ParameterizedTest
    @ValueSource(ints = {2 * PAGE, 2 * PAGE + 4000, 3 * PAGE - 1, 3 * PAGE + 17})
    void findsAFlippedBitWithChecksumAndNotWithout(int position) throws SQLException, IOException {
        flip(position);

        assertThat(verify("")).containsExactly("3262 The backup set on file 1 is valid.");
        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak' WITH CHECKSUM", 3189, 3013);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 200, PAGE + 100})
    void callsADamagedHeaderMalformed(int position) throws IOException {
        flip(position);

        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak'", 3241, 3013);
        fails("RESTORE HEADERONLY FROM DISK = 'C:\\backup\\rtc.bak'", 3241, 3013);
    }

    @Test
    void findsATruncatedFileTooShort() throws IOException {
        var bytes = Files.readAllBytes(folder.resolve("rtc.bak"));
        Files.write(folder.resolve("rtc.bak"), Arrays.copyOf(bytes, bytes.length - 100));

        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak'", 3203, 3013);
        fails("RESTORE DATABASE x FROM DISK = 'C:\\backup\\rtc.bak'", 3203, 3013);
    }

    @Test
    void cannotCheckWhatHasNoChecksums() throws SQLException {
        statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\rtc.bak' WITH FORMAT");

        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak' WITH CHECKSUM", 3187, 3013);
        assertThat(verify("")).hasSize(1);
    }

    @Test
    void tellsAMissingFileAnEmptyOneAndAMissingSetApart() throws IOException {
        Files.createFile(folder.resolve("empty.bak"));

        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\nosuch.bak'", 3201, 3013);
        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\empty.bak'", 3254, 3013);
        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak' WITH FILE = 2", 4038, 3013);
    }

    @Test
    void namesTheDamagedSetOfSeveral() throws SQLException, IOException {
        var first = (int) Files.size(folder.resolve("rtc.bak"));
        statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\rtc.bak' WITH CHECKSUM");
        flip(first + PAGE + 50);

        assertThat(verify(" WITH CHECKSUM, FILE = 1")).hasSize(1);
        fails("RESTORE VERIFYONLY FROM DISK = 'C:\\backup\\rtc.bak' WITH CHECKSUM, FILE = 2", 3189, 3013);
    }

    @Test
    void showsTheHeaderOfEachSet() throws SQLException {
        statement.execute(
                "BACKUP LOG rtc TO DISK = 'C:\\backup\\rtc.bak' WITH NAME = N'log', DESCRIPTION = N'of today'");

        try (var rows = statement.executeQuery("RESTORE HEADERONLY FROM DISK = 'C:\\backup\\rtc.bak'")) {
            rows.next();
            assertThat(rows.getInt("BackupType")).isEqualTo(1);
            assertThat(rows.getString("DatabaseName")).isEqualTo("rtc");
            assertThat(rows.getString("ServerName")).isEqualTo("OCS2007\\RTC");
            assertThat(rows.getBoolean("HasBackupChecksums")).isTrue();
            assertThat(rows.getInt("Flags")).isEqualTo(16);
            assertThat(rows.getString("RecoveryModel")).isEqualTo("FULL");
            assertThat(rows.getBigDecimal("FirstLSN")).isEqualTo(rows.getBigDecimal("CheckpointLSN"));
            var last = rows.getBigDecimal("LastLSN");
            rows.next();
            assertThat(rows.getInt("BackupType")).isEqualTo(2);
            assertThat(rows.getInt("Position")).isEqualTo(2);
            assertThat(rows.getString("BackupName")).isEqualTo("log");
            assertThat(rows.getBoolean("HasBackupChecksums")).isFalse();
            assertThat(rows.getBigDecimal("LastLSN")).isGreaterThan(last);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void showsFilesAndLabel() throws SQLException {
        try (var rows = statement.executeQuery("RESTORE FILELISTONLY FROM DISK = 'C:\\backup\\rtc.bak'")) {
            rows.next();
            assertThat(rows.getString("LogicalName")).isEqualTo("rtc");
            assertThat(rows.getString("Type")).isEqualTo("D");
            rows.next();
            assertThat(rows.getString("LogicalName")).isEqualTo("rtc_log");
            assertThat(rows.getString("Type")).isEqualTo("L");
        }
        try (var rows = statement.executeQuery("RESTORE LABELONLY FROM DISK = 'C:\\backup\\rtc.bak'")) {
            rows.next();
            assertThat(rows.getInt("FamilyCount")).isEqualTo(1);
            assertThat(rows.getString("SoftwareName")).isEqualTo("Microsoft SQL Server");
        }
    }

    @Test
    void hasTheColumnsOfEachVersion() throws SQLException {
        assertThat(lastHeaderColumn(ServerVersion.SQL_2005_SP4)).isEqualTo("BackupSetGUID");
        assertThat(lastHeaderColumn(ServerVersion.SQL_2008_R2_SP3)).isEqualTo("CompressedBackupSize");
        assertThat(lastHeaderColumn(ServerVersion.SQL_2012_SP4)).isEqualTo("containment");
        assertThat(lastHeaderColumn(ServerVersion.SQL_2019)).isEqualTo("EncryptorType");
        assertThat(lastHeaderColumn(ServerVersion.SQL_2022)).isEqualTo("CompressionAlgorithm");
    }

    private static String lastHeaderColumn(ServerVersion version) throws SQLException {
        try (var other = Lab.start(folder, version, Edition.EXPRESS, TlsPolicy.OFFERED);
                var there = other.connect();
                var asking = there.createStatement();
                var rows = asking.executeQuery("RESTORE HEADERONLY FROM DISK = 'C:\\backup\\rtc.bak'")) {
            var names = new ArrayList<String>();
            for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                names.add(rows.getMetaData().getColumnName(i));
            }
            return names.get(names.size() - 1);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every foreign client library must be able to do with the stand-in. */
@Timeout(180)
abstract class ScriptedClientContract {
    private static final String GUID = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String TRANSPORT =
            "SELECT protocol_version, encrypt_option FROM sys.dm_exec_connections WHERE session_id = @@SPID";

    @TempDir
    static Path folder;

    static Lab lab;

    ScriptedClient client;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 2_000).with("big", RecoveryModel.SIMPLE, 20_000);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    /** Starts the client, or skips the test where there is none. */
    abstract ScriptedClient startClient(Lab of, boolean encrypted);

    @BeforeEach
    void connect() {
        client = connected(lab, true);
    }

    @AfterEach
    void disconnect() {
        lab.server.clearFaults();
        if (client != null) {
            client.close();
        }
    }

    ScriptedClient connected(Lab to, boolean encrypted) {
        var started = startClient(to, encrypted);
        var login = ScriptedClient.login(to, "connect");
        login.put("encrypt", encrypted);
        var answer = started.ask(login);
        assertThat(answer.failure()).as(answer.json().toString()).isEmpty();
        return started;
    }

    Answer batch(String sql) {
        return client.ask("batch", "sql", sql);
    }

    private void backUp(String options) {
        batch("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH " + options);
    }

    @Test
    void logsInWithAndWithoutEncryption() {
        assertThat(batch(TRANSPORT).rows()).containsExactly(List.of("1946157060", "TRUE"));
        try (var plain = connected(lab, false)) {
            assertThat(plain.ask("batch", "sql", TRANSPORT).rows()).containsExactly(List.of("1946157060", "FALSE"));
        }
    }

    @Test
    void speaksTds72To2005And73To2008R2(@TempDir Path other) {
        try (var old = Lab.start(other, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.OFFERED)
                        .with("rtc", RecoveryModel.SIMPLE, 1);
                var newer = Lab.start(other, ServerVersion.SQL_2008_R2_SP3, Edition.STANDARD, TlsPolicy.OFFERED)
                        .with("rtc", RecoveryModel.SIMPLE, 1);
                var toOld = connected(old, true);
                var toNewer = connected(newer, true)) {
            assertThat(toOld.ask("batch", "sql", TRANSPORT).rows()).containsExactly(List.of("1913192450", "TRUE"));
            assertThat(toNewer.ask("batch", "sql", TRANSPORT).rows()).containsExactly(List.of("1930100739", "TRUE"));
        }
    }

    @Test
    void isRefusedWithAWrongPassword() {
        try (var stranger = startClient(lab, true)) {
            var login = ScriptedClient.login(lab, "connect");
            login.put("password", "wrong");

            assertThat(stranger.ask(login).errors("number")).contains("18456");
        }
    }

    @Test
    void readsTheHeaderOfABackup() {
        backUp("INIT, CHECKSUM, NAME = N'nächtlich'");

        var header = batch("RESTORE HEADERONLY FROM DISK = N'C:\\backup\\rtc.bak'");

        assertThat(header.rows()).hasSize(1);
        assertThat(header.cell(0, "BackupName")).isEqualTo("nächtlich");
        assertThat(header.cell(0, "BackupDescription")).isNull();
        assertThat(header.cell(0, "BackupType")).isEqualTo("1");
        assertThat(header.cell(0, "Position")).isEqualTo("1");
        assertThat(header.cell(0, "DatabaseName")).isEqualTo("rtc");
        assertThat(header.cell(0, "ServerName")).isEqualTo("OCS2007\\RTC");
        assertThat(header.cell(0, "HasBackupChecksums")).isEqualToIgnoringCase("true");
        assertThat(header.cell(0, "IsCopyOnly")).isEqualToIgnoringCase("false");
        assertThat(header.cell(0, "RecoveryModel")).isEqualTo("FULL");
        assertThat(header.cell(0, "BackupFinishDate")).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}.*");
        assertThat(header.cell(0, "BackupSetGUID")).matches(GUID);
        assertThat(header.cell(0, "FirstLSN")).hasSize(17).startsWith("34000000");
        assertThat(Long.parseLong(header.cell(0, "BackupSize"))).isGreaterThan(100_000);
    }

    @Test
    void readsTheFilesAndTheLabelOfABackup() {
        backUp("FORMAT, MEDIANAME = N'tape'");

        var files = batch("RESTORE FILELISTONLY FROM DISK = N'C:\\backup\\rtc.bak'");
        var label = batch("RESTORE LABELONLY FROM DISK = N'C:\\backup\\rtc.bak'");

        assertThat(files.rows()).hasSize(2);
        assertThat(files.cell(0, "LogicalName") + files.cell(1, "LogicalName")).isEqualTo("rtcrtc_log");
        assertThat(files.cell(0, "Type") + files.cell(1, "Type")).isEqualTo("DL");
        assertThat(files.cell(0, "PhysicalName")).startsWith("C:\\").endsWith("\\rtc.mdf");
        assertThat(files.cell(0, "Size")).isEqualTo("3145728");
        assertThat(files.cell(0, "UniqueId")).matches(GUID);
        assertThat(files.cell(1, "FileGroupName")).isNull();
        assertThat(label.cell(0, "MediaName")).isEqualTo("tape");
        assertThat(label.cell(0, "MediaFamilyId")).matches(GUID);
        assertThat(label.cell(0, "IsCompressed")).isEqualToIgnoringCase("false");
    }

    @Test
    void readsTheHistoryInMsdb() {
        backUp("INIT, NAME = N'history'");

        var history = batch("SELECT s.database_name, s.type, s.position, CAST(s.last_lsn AS varchar(30)) AS lsn,"
                + " s.backup_finish_date, s.backup_set_uuid, f.physical_device_name, f.device_type, s.expiration_date"
                + " FROM msdb.dbo.backupset s JOIN msdb.dbo.backupmediafamily f ON f.media_set_id = s.media_set_id"
                + " WHERE s.name = N'history'");

        assertThat(history.rows()).hasSize(1);
        assertThat(history.rows().get(0).subList(0, 3)).containsExactly("rtc", "D", "1");
        assertThat(history.cell(0, "lsn")).matches("34000000\\d{9}");
        assertThat(history.cell(0, "backup_finish_date")).matches("\\d{4}-\\d{2}-\\d{2}T.*");
        assertThat(history.cell(0, "backup_set_uuid")).matches(GUID);
        assertThat(history.cell(0, "physical_device_name")).isEqualTo("C:\\backup\\rtc.bak");
        assertThat(history.cell(0, "device_type")).isEqualTo("2");
        assertThat(history.cell(0, "expiration_date")).isNull();
    }

    @Test
    void readsTheDatabasesOfTheInstance() {
        var databases = batch("SELECT name, database_id, state_desc, recovery_model_desc, is_read_only, owner_sid"
                + " FROM sys.databases ORDER BY database_id");

        assertThat(databases.rows()).hasSize(6);
        assertThat(databases.rows().get(4).subList(0, 4)).containsExactly("rtc", "5", "ONLINE", "FULL");
        assertThat(databases.cell(4, "is_read_only")).isEqualToIgnoringCase("false");
        assertThat(databases.cell(4, "owner_sid")).isEqualTo("01");
    }

    @Test
    void readsEveryTypeThatTheProductReads() {
        var row = batch("SELECT CAST(255 AS tinyint), CAST(-32768 AS smallint), 2147483647,"
                        + " CAST(9007199254740993 AS bigint), CAST(1 AS bit), CAST(-12.50 AS numeric(9,2)),"
                        + " CAST(1.5 AS float), N'ä€😀', CAST('plain' AS varchar(20)), 0x0102ff,"
                        + " CAST('2026-11-23T02:14:05.500' AS datetime), REPLICATE(CAST('x' AS varchar(max)), 20000),"
                        + " CAST(NULL AS int), CAST(NULL AS nvarchar(max)), CAST(NULL AS datetime), CAST(NULL AS bit)")
                .rows()
                .get(0);

        assertThat(row.subList(0, 4)).containsExactly("255", "-32768", "2147483647", "9007199254740993");
        assertThat(row.get(4)).isEqualToIgnoringCase("true");
        assertThat(row.get(5)).matches("-12\\.50?");
        assertThat(row.subList(6, 10)).containsExactly("1.5", "ä€😀", "plain", "0102ff");
        assertThat(row.get(10)).startsWith("2026-11-23T02:14:05.500");
        assertThat(row.get(11)).hasSize(20_000);
        assertThat(row.subList(12, 16)).isEqualTo(Collections.nCopies(4, null));
    }

    @Test
    void hearsTheMessagesOfABackupInOrder() {
        var said = batch("PRINT N'first' RAISERROR('then %d', 5, 3, 7)"
                + " BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH INIT, STATS = 50");

        assertThat(said.failure()).isEmpty();
        assertThat(said.messages("severity")).containsExactly("0", "5", "0", "0", "0", "0", "0");
        assertThat(said.messages("text").subList(0, 3)).containsExactly("first", "then 7", "50 percent processed.");
        assertThat(said.messages("text").get(3)).startsWith("Processed ").contains("file 'rtc' on file 1.");
        assertThat(said.messages("text").get(4)).isEqualTo("100 percent processed.");
        assertThat(said.messages("text").get(6)).startsWith("BACKUP DATABASE successfully processed ");
    }

    @Test
    void rollsATransactionBackOrCommitsIt() {
        client.ask("begin");
        batch("INSERT INTO dbo.Resource(UserAtHost) VALUES (N'undone')");
        assertThat(batch("SELECT @@TRANCOUNT").cell()).isEqualTo("1");
        client.ask("rollback");
        assertThat(batch("SELECT COUNT(*) FROM dbo.Resource WHERE UserAtHost = N'undone'")
                        .cell())
                .isEqualTo("0");
        client.ask("rollback");

        client.ask("begin");
        batch("INSERT INTO dbo.Resource(UserAtHost) VALUES (N'done')");
        client.ask("commit");
        try (var other = connected(lab, true)) {
            var sql = "SELECT COUNT(*) FROM dbo.Resource WHERE UserAtHost = N'done'";
            assertThat(other.ask("batch", "sql", sql).cell()).isEqualTo("1");
        }
    }

    @Test
    void opensFiftyConnectionsAtOnce() {
        var order = ScriptedClient.login(lab, "crowd");
        order.put("connections", 50);
        order.put("sql", "SELECT COUNT(*) FROM sys.databases");

        assertThat(client.ask(order).rows()).isEqualTo(Collections.nCopies(50, List.of("6")));
    }
}

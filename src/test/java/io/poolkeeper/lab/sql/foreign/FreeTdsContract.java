// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Needed;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command-line programs of FreeTDS must be able to do with the stand-in. They know no prepared statements. */
@Timeout(180)
abstract class FreeTdsContract {
    private static final String TRANSPORT =
            "SELECT protocol_version, encrypt_option FROM sys.dm_exec_connections WHERE session_id = @@SPID";

    @TempDir
    static Path folder;

    static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(folder).with("rtc", RecoveryModel.FULL, 2_000).with("big", RecoveryModel.SIMPLE, 20_000);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void find() {
        Needed.works("freetds", "install the Debian package freetds-bin", "tsql", "-C");
    }

    @AfterEach
    void mend() {
        lab.server.clearFaults();
    }

    /** The program with its arguments for a login with that password. */
    abstract String[] command(String password);

    /** What stands between the cells of a row, as a regular expression. */
    abstract String separator();

    FreeTds freeTds(Lab to, String encryption) {
        return new FreeTds(folder, to, encryption);
    }

    FreeTds.Output run(String... batches) {
        return run(freeTds(lab, "require"), batches);
    }

    FreeTds.Output run(FreeTds freeTds, String... batches) {
        return freeTds.run(script(batches), command(Lab.PASSWORD));
    }

    static String script(String... batches) {
        return String.join("\ngo\n", batches) + "\ngo\n";
    }

    private List<String> cells(FreeTds.Output output) {
        var last = output.out().lines().reduce((before, line) -> line).orElseThrow();
        return List.of(last.split(separator(), -1)).stream().map(String::strip).toList();
    }

    @ParameterizedTest
    @CsvSource({"off, FALSE", "request, FALSE", "require, TRUE"})
    void logsInWithAndWithoutEncryption(String encryption, String encrypted) {
        assertThat(cells(run(freeTds(lab, encryption), TRANSPORT))).containsExactly("1946157060", encrypted);
    }

    @Test
    void speaksTds72To2005And73To2008R2(@TempDir Path other) {
        try (var old = Lab.start(other, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.OFFERED);
                var newer = Lab.start(other, ServerVersion.SQL_2008_R2_SP3, Edition.STANDARD, TlsPolicy.OFFERED)) {
            assertThat(cells(run(freeTds(old, "require"), TRANSPORT))).containsExactly("1913192450", "TRUE");
            assertThat(cells(run(freeTds(newer, "require"), TRANSPORT))).containsExactly("1930100739", "TRUE");
        }
    }

    @Test
    void isRefusedWithAWrongPassword() {
        var output = freeTds(lab, "require").run(script("SELECT 1"), command("wrong"));

        assertThat(output.err()).contains("18456").contains("Login failed for user 'sa'.");
        assertThat(output.exitCode()).isNotZero();
    }

    @Test
    void failsOnAServerThatKnowsOnlyTls10(@TempDir Path other) {
        try (var old = Lab.start(other, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.TLS_1_0_ONLY)) {
            assertThat(run(freeTds(old, "require"), "SELECT 1").exitCode()).isNotZero();
        }
    }

    @Test
    void readsTheDatabasesAndTheHistory() {
        var databases = run("SELECT name, database_id, state_desc, recovery_model_desc FROM sys.databases"
                + " WHERE name = N'rtc'");
        assertThat(cells(databases)).containsExactly("rtc", "5", "ONLINE", "FULL");

        run("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\history.bak' WITH INIT");
        var history = run("SELECT s.database_name, s.type, s.last_lsn, s.expiration_date FROM msdb.dbo.backupset s"
                + " JOIN msdb.dbo.backupmediafamily f ON f.media_set_id = s.media_set_id"
                + " WHERE f.physical_device_name = N'C:\\backup\\history.bak'");
        assertThat(cells(history).subList(0, 2)).containsExactly("rtc", "D");
        assertThat(cells(history).get(2)).matches("34000000\\d{9}");
        assertThat(cells(history).get(3)).isEqualTo("NULL");
    }

    @Test
    void showsTheErrorsOfABackupWithNumberAndSeverity() {
        var err = run("BACKUP DATABASE rtc TO DISK = N'D:\\elsewhere\\x.bak'").err();

        assertThat(err).contains("Msg 3201").containsPattern("(severity|Level) 16, (state|State) 1");
    }

    @Test
    void hearsTheMessagesOfABackupInOrder() {
        var err = run("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH INIT, STATS = 50")
                .err();

        assertThat(err).containsSubsequence("3211", "50 percent", "4035", "3211", "100 percent", "4035", "3014");
        assertThat(err).doesNotContain("severity 10").doesNotContain("Level 10");
    }

    @Test
    void printsWhatPrintSays() {
        var output = run("PRINT N'grüße'");

        assertThat(output.out() + output.err()).contains("grüße");
    }

    /** These programs have no other way to cancel than to be ended. */
    @Test
    void endsItsBackupWhenItIsKilled() throws IOException {
        lab.server.inject(new Fault.Slow("big", Duration.ofMillis(100)));
        var client = freeTds(lab, "require")
                .start(
                        script("BACKUP DATABASE big TO DISK = N'C:\\backup\\killed.bak' WITH INIT, STATS = 1"),
                        command(Lab.PASSWORD));
        try (var said = client.errorReader()) {
            assertThat(said.readLine()).contains("Msg 3211");
        } finally {
            client.destroyForcibly();
        }

        var running = "SELECT 'running', COUNT(*) FROM sys.dm_exec_requests WHERE command = N'BACKUP DATABASE'";
        Awaitility.await().until(() -> cells(run(running)).get(1).equals("0"));
        assertThat(run("RESTORE VERIFYONLY FROM DISK = N'C:\\backup\\killed.bak'")
                        .err())
                .contains("Msg 3256");
    }

    @Test
    void connectsFiftyTimesAtOnce() {
        var freeTds = freeTds(lab, "require");
        var script = script("SELECT 'databases', COUNT(*) FROM sys.databases");
        var clients = IntStream.range(0, 50)
                .mapToObj(i -> freeTds.start(script, command(Lab.PASSWORD)))
                .toList();

        assertThat(clients)
                .allSatisfy(client -> assertThat(cells(FreeTds.await(client))).containsExactly("databases", "6"));
    }
}

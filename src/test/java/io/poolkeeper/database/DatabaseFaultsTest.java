// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.tool.HandOff;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator is told when a backup of a database does not work, and that nothing half is left as if it were whole. */
class DatabaseFaultsTest {
    private static final String SET = "2026-11-23T230000Z-nightly-7c1a";

    @TempDir
    static Path staging;

    @TempDir
    Path folder;

    private static Lab lab;
    private TestWork work;

    @BeforeAll
    static void start() {
        lab = Lab.start(staging).with("rtc", RecoveryModel.FULL, 3_000);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @AfterEach
    void mend() {
        lab.server.clearFaults();
        lab.server.setState("rtc", DatabaseState.ONLINE);
    }

    @Test
    void says3201AndThatTheServiceAccountMustBeAbleToWrite() {
        lab.server.inject(new Fault.OpenFails("C:\\backup", OsError.ACCESS_DENIED));

        assertThat(refusal(PermanentFault.class))
                .hasMessageContaining("3201")
                .hasMessageContaining("Access is denied")
                .extracting(StepFault::hint)
                .asString()
                .contains("service account must be able to write to backupDirectory");
    }

    @Test
    void says3202WhenTheDiskRunsFullInTheMiddle() {
        lab.server.inject(new Fault.WriteFails("rtc", 50, OsError.DISK_FULL));

        assertThat(refusal(PermanentFault.class))
                .hasMessageContaining("3202")
                .hasMessageContaining("112")
                .extracting(StepFault::hint)
                .asString()
                .contains("full or failing");
    }

    @Test
    void triesAgainWhenAnotherBackupIsGoingOn() {
        lab.server.inject(new Fault.BackupRunning("rtc"));

        assertThat(refusal(TransientFault.class)).hasMessageContaining("3023");
    }

    @Test
    void callsADamagedPageWhatItIs() {
        lab.server.inject(new Fault.PageDamaged("rtc", 40, 120));

        assertThat(refusal(PermanentFault.class))
                .hasMessageContaining("3043")
                .extracting(StepFault::hint)
                .asString()
                .contains("DBCC CHECKDB");
    }

    @Test
    void triesAgainWhenTheConnectionIsCut() {
        lab.server.inject(new Fault.Cut("rtc", 40));

        refusal(TransientFault.class);
    }

    @Test
    void saysHowToBringADatabaseOnline() {
        lab.server.setState("rtc", DatabaseState.OFFLINE);

        assertThat(refusal(PermanentFault.class))
                .hasMessageContaining("is OFFLINE")
                .extracting(StepFault::hint)
                .asString()
                .contains("SET ONLINE");
    }

    @Test
    void namesADatabaseThatIsRestoring() {
        lab.server.setState("rtc", DatabaseState.RESTORING);

        assertThat(refusal(PermanentFault.class)).hasMessageContaining("is RESTORING");
    }

    @Test
    void stopsTheBackupOnTheServerWhenTheRunIsCancelled() {
        lab.server.inject(new Fault.Slow("rtc", java.time.Duration.ofMillis(200)));
        var site = site(lab.url(""), "nothing-wrong");
        var capture = CompletableFuture.supplyAsync(() -> refusal(site, StepFault.class));
        Awaitility.await().until(() -> work != null && work.done() > 0);

        work.cancel();

        assertThat(capture.join()).hasMessage("CANCELLED");
        Awaitility.await().until(() -> {
            try (var connection = lab.connect();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT COUNT(*) FROM sys.dm_exec_requests WHERE command LIKE 'BACKUP%'")) {
                row.next();
                return row.getInt(1) == 0;
            }
        });
    }

    @Test
    void saysWhatTheStateOfALoginFailureMeans() {
        assertThat(refusal(site(lab.url(""), "wrong"), PermanentFault.class))
                .hasMessageContaining("18456")
                .extracting(StepFault::hint)
                .asString()
                .contains("58 Windows logins only");
    }

    @Test
    void saysWhatToDoAboutAServerThatIsNotTrusted() {
        assertThat(refusal(site(lab.url("").replace("trustServerCertificate=true;", ""), "ok"), StepFault.class)
                        .hint())
                .contains("trustServerCertificate=true");
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(refusal(site("jdbc:sqlserver://127.0.0.1:" + free + ";encrypt=true", "ok"), TransientFault.class)
                        .hint())
                .contains("nothing listens at 127.0.0.1," + free)
                .contains("TCP/IP");
    }

    @Test
    void saysThatTheBrowserServiceIsSilent() throws IOException {
        try (var silent = new DatagramSocket(1434, InetAddress.getByName("127.0.0.9"))) {
            var url = "jdbc:sqlserver://127.0.0.9;instanceName=RTC;encrypt=true";
            assertThat(refusal(site(url, "ok"), StepFault.class).hint())
                    .contains("SQL Server Browser does not tell the port of instance RTC");
            assertThat(silent.isBound()).isTrue();
        }
    }

    @Test
    void saysThatAServerSpeaksTls10Only() {
        try (var old = Lab.start(folder, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.TLS_1_0_ONLY)
                .with("rtc", RecoveryModel.SIMPLE, 1)) {
            assertThat(refusal(site(old.url(""), "ok"), StepFault.class).hint())
                    .contains("speaks TLS 1.0 only")
                    .contains("script");
        }
    }

    private <T extends StepFault> T refusal(Class<T> type) {
        return refusal(site(lab.url(""), "ok"), type);
    }

    private <T extends StepFault> T refusal(Site site, Class<T> type) {
        var step = step(site);
        work = new TestWork(
                Vault.of(site).folder(), Vault.of(site).attempt(SET, step.attemptName()), folder.resolve("sandbox"));
        var captured = new Output[1];
        var fault = catchThrowableOfType(
                type, () -> captured[0] = new CaptureDatabase(site, new Turns(), HandOff.NONE).handle(step, work));
        assertThat(captured[0]).isNull();
        assertThat(fault).isNotNull();
        assertThat(work.attemptFolder().resolve("databases")).doesNotExist();
        assertThat(staging).isEmptyDirectory(); // nor does SQL Server's own folder fill up with halves
        return fault;
    }

    private static Step step(Site site) {
        return new Step(
                "run-1",
                "capture-01",
                1,
                PartId.parse("database:ocs2007-rtc/rtc"),
                Action.CAPTURE,
                Method.SQL_NATIVE,
                Action.CAPTURE.effect(),
                Site.LOCAL,
                SET,
                null,
                Level.FULL,
                Depth.CONTENT,
                false,
                Instant.now().plusSeconds(60),
                site.hash());
    }

    private Site site(String url, String password) {
        var yaml = TestSites.STANDARD.replace(
                "jdbc:sqlserver://127.0.0.1:1;encrypt=true;trustServerCertificate=true", url.replaceAll(";$", ""));
        var site = TestSites.in(folder, yaml.replace("collectFrom: backup\n", "collectFrom: " + staging + "\n"));
        try {
            Files.writeString(folder.resolve("secrets/sql"), password.equals("wrong") ? "wrong" : Lab.PASSWORD);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return site;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import io.poolkeeper.lab.sqlcmd.SqlcmdProgram;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.tool.HandOff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an instance that speaks TLS 1.0 only: Java's driver cannot reach it, sqlcmd backs it up. */
class SqlcmdDatabaseTest {
    private static final String SET = "2026-11-23T230000Z-nightly-7c1a";

    @TempDir
    static Path staging;

    @TempDir
    static Path oldStaging;

    @TempDir
    Path folder;

    /** What the driver would see, and the same server as the old client sees it. */
    private static Lab old;

    private static Lab lab;
    private SqlcmdProgram sqlcmd;
    private TestWork work;

    @BeforeAll
    static void start() {
        old = Lab.start(oldStaging, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.TLS_1_0_ONLY);
        lab = Lab.start(staging, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.OFFERED)
                .with("rtc", RecoveryModel.FULL, 3_000);
    }

    @AfterAll
    static void stop() {
        lab.close();
        old.close();
    }

    @BeforeEach
    void install() throws IOException {
        sqlcmd = SqlcmdProgram.install(folder).reaches("127.0.0.1," + old.server.port(), lab.server.port());
    }

    @AfterEach
    void mend() throws IOException {
        lab.server.clearFaults();
        try (var left = Files.list(staging)) {
            for (var file : left.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void backsUpWhatTheDriverCannotReach() throws IOException {
        var direct = TestSites.in(folder, yaml().replace("    method: sqlcmd\n", ""));
        assertThat(refusal(direct, StepFault.class).hint())
                .contains("TLS 1.0 only")
                .contains("method: sqlcmd");

        var captured = capture(site());

        assertThat(captured.level()).isEqualTo(Level.FULL);
        assertThat(captured.recorded().path("rows").path("dbo.Resource").toString())
                .isEqualTo("[3000,3000]");
        assertThat(captured.recorded().path("history").path("type").asText()).isEqualTo("D");
        assertThat(captured.recorded().path("history").path("uuid").asText()).hasSize(36);
        assertThat(captured.recorded().path("files")).hasSize(2);
        assertThat(captured.recorded().path("clock").path("skewMillis").asLong())
                .isBetween(-60_000L, 60_000L);
        assertThat(captured.tools()).containsKey("sqlcmd").containsEntry("sqlServer", "9.00.5000.00");
        assertThat(captured.warnings()).isEmpty();
        assertThat(work.attemptFolder().resolve("databases/ocs2007-rtc/rtc-full.bak"))
                .isNotEmptyFile();
    }

    @Test
    void readsTheSameWhateverLanguageTheServerSpeaks() throws IOException {
        sqlcmd.speaks("japanese");

        assertThat(capture(site()).warnings()).isEmpty();
    }

    @Test
    void says3201InAnotherLanguageToo() throws IOException {
        sqlcmd.speaks("german");
        lab.server.inject(new Fault.OpenFails("C:\\backup", OsError.ACCESS_DENIED));

        assertThat(refusal(site(), PermanentFault.class))
                .hasMessageContaining("3201")
                .hasMessageContaining("Access is denied")
                .hasMessageContaining("3013")
                .extracting(StepFault::hint)
                .asString()
                .contains("service account must be able to write to backupDirectory");
    }

    @Test
    void triesAgainWhenAnotherBackupIsGoingOn() {
        lab.server.inject(new Fault.BackupRunning("rtc"));

        assertThat(refusal(site(), TransientFault.class)).hasMessageContaining("3023");
    }

    @Test
    void triesAgainWhenTheConnectionIsCut() {
        lab.server.inject(new Fault.Cut("rtc", 40));

        assertThat(refusal(site(), TransientFault.class)).hasMessageContaining("sqlcmd ended with 1");
    }

    @Test
    void believesNoExitCodeWithoutTheMessageOfSuccess() throws IOException {
        sqlcmd.swallows(3014);

        assertThat(refusal(site(), PermanentFault.class))
                .hasMessageContaining("without saying that it succeeded (3014)");
    }

    @Test
    void saysThatTheProgramIsMissing() {
        var site = TestSites.in(folder, yaml().replace("bin/sqlcmd", "bin/nothing"));

        assertThat(refusal(site, PermanentFault.class)).hasMessageContaining("sqlcmd cannot be started");
    }

    @Test
    void saysWhatTheStateOfALoginFailureMeans() {
        var site = site();
        write("secrets/sql", "wrong");

        assertThat(refusal(site, PermanentFault.class))
                .hasMessageContaining("18456")
                .extracting(StepFault::hint)
                .asString()
                .contains("58 Windows logins only");
    }

    @Test
    void triesAgainWhenNothingListens() throws IOException {
        int free;
        try (var socket = new java.net.ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        sqlcmd.reaches("127.0.0.1," + old.server.port(), free);

        assertThat(refusal(site(), TransientFault.class))
                .hasMessageContaining("sqlcmd ended with 1")
                .hasMessageContaining("127.0.0.1," + old.server.port());
    }

    @Test
    void endsTheProgramAndSoTheBackupWhenTheRunIsCancelled() {
        lab.server.inject(new Fault.Slow("rtc", Duration.ofMillis(200)));
        var site = site();
        var capture = CompletableFuture.supplyAsync(() -> refusal(site, StepFault.class));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> backupsRunning() == 1);

        work.cancel();

        assertThat(capture.join()).hasMessage("CANCELLED");
        Awaitility.await().until(() -> backupsRunning() == 0);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void stopsAProgramThatTakesTooLong() {
        lab.server.inject(new Fault.Slow("rtc", Duration.ofSeconds(1)));

        var fault = refusal(site(), PermanentFault.class, Duration.ofSeconds(6));

        assertThat(fault).hasMessageContaining("did not end in the time").hasMessageContaining("rolls");
    }

    @Test
    void showsThePasswordToNobodyAndLeavesNoScript() throws IOException {
        var others = scripts().toList(); // of a run that was killed
        lab.server.inject(new Fault.Slow("rtc", Duration.ofMillis(100)));
        var site = site();
        var capture = CompletableFuture.supplyAsync(() -> capture(site));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> backupsRunning() == 1);

        var process = ProcessHandle.current().descendants().findFirst().orElseThrow();
        var command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        var script =
                scripts().filter(file -> !others.contains(file)).findFirst().orElseThrow();

        assertThat(command).contains("-U\0sa").contains(script.toString()).doesNotContain(Lab.PASSWORD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(script, java.nio.charset.StandardCharsets.UTF_16LE))
                .contains("BACKUP DATABASE [rtc]")
                .doesNotContain(Lab.PASSWORD);
        capture.join();
        assertThat(scripts()).isSubsetOf(others);
    }

    @Test
    void findsTheDatabasesAndWhoElseBackedThemUp() throws SQLException {
        var site = site();
        capture(site);
        try (var stranger = lab.connect();
                var statement = stranger.createStatement()) {
            statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak' WITH INIT, NAME = 'stranger'");
        }
        var asked = new SqlcmdDatabases(site, HandOff.NONE, Clock.systemUTC());
        var step = step(site, "source:sql/ocs2007-rtc", Action.DISCOVER);

        var instance = asked.watch(step, asked.discover(step, work), work)
                .inventory()
                .sql()
                .get("ocs2007-rtc");

        assertThat(asked.reaches("ocs2007-rtc")).isTrue();
        assertThat(asked.reaches("drill-sql")).isFalse();
        assertThat(instance.reachable()).as(instance.cause()).isTrue();
        assertThat(instance.version()).isEqualTo("9.00.5000.00");
        assertThat(instance.databases()).extracting("name").contains("rtc", "master", "msdb");
        assertThat(instance.toString()).contains("a full backup outside Poolkeeper, 'stranger', by sa at");
    }

    @Test
    void checksTheInstanceBySqlcmd() {
        var findings = new Findings();
        var site = TestSites.in(folder, yaml());
        write("secrets/sql", Lab.PASSWORD);

        new PreflightDatabases(site, instance -> Set.of("rtc")).look(site.sql().get("ocs2007-rtc"), findings);

        assertThat(findings.all())
                .filteredOn(finding -> finding.state() != Finding.State.OK)
                .extracting(Finding::what)
                .allMatch(what -> what.contains("no backup of its log"));
        assertThat(findings.all()).anyMatch(finding -> finding.what().contains("copy-only backup of model"));
    }

    @Test
    void saysInCheckWhatIsWrongWithTheProgram() {
        var findings = new Findings();
        var site = TestSites.in(folder, yaml().replace("bin/sqlcmd", "bin/nothing"));

        new PreflightDatabases(site, instance -> Set.of("rtc")).look(site.sql().get("ocs2007-rtc"), findings);

        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(Finding.State.PROBLEM);
            assertThat(finding.what()).contains("sqlcmd cannot be started");
        });
    }

    private static int backupsRunning() throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT COUNT(*) FROM sys.dm_exec_requests WHERE command LIKE 'BACKUP%'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Stream<Path> scripts() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith("poolkeeper-sqlcmd-"))
                    .map(file -> file.resolve("script.sql"))
                    .toList()
                    .stream();
        }
    }

    private Output.Captured capture(Site site) {
        var step = step(site, "database:ocs2007-rtc/rtc", Action.CAPTURE);
        return (Output.Captured) new CaptureDatabase(site, new Turns(), HandOff.NONE).handle(step, newWork(site, step));
    }

    private <T extends StepFault> T refusal(Site site, Class<T> type) {
        return refusal(site, type, Duration.ofMinutes(10));
    }

    private <T extends StepFault> T refusal(Site site, Class<T> type, Duration timeLeft) {
        var step = step(site, "database:ocs2007-rtc/rtc", Action.CAPTURE);
        newWork(site, step).timeLeft(timeLeft);
        var fault = catchThrowableOfType(
                type, () -> new CaptureDatabase(site, new Turns(), HandOff.NONE).handle(step, work));
        assertThat(fault).isNotNull();
        assertThat(work.attemptFolder().resolve("databases")).doesNotExist();
        return fault;
    }

    private TestWork newWork(Site site, Step step) {
        work = new TestWork(
                Vault.of(site).folder(), Vault.of(site).attempt(SET, step.attemptName()), folder.resolve("sandbox"));
        return work;
    }

    private static Step step(Site site, String part, Action action) {
        return new Step(
                "run-1",
                "capture-01",
                1,
                PartId.parse(part),
                action,
                Method.SQLCMD,
                action.effect(),
                Site.LOCAL,
                SET,
                null,
                Level.FULL,
                Depth.CONTENT,
                false,
                Instant.now().plusSeconds(60),
                site.hash());
    }

    private Site site() {
        var site = TestSites.in(folder, yaml());
        write("secrets/sql", Lab.PASSWORD);
        return site;
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String yaml() {
        return TestSites.STANDARD
                .replace(
                        "    url: jdbc:sqlserver://127.0.0.1:1;",
                        "    method: sqlcmd\n    sqlcmd: [bin/sqlcmd]\n    url: jdbc:sqlserver://127.0.0.1:"
                                + old.server.port() + ";")
                .replace("collectFrom: backup\n", "collectFrom: " + staging + "\n");
    }
}

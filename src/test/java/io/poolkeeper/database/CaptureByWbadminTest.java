// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.tools.SqlAccess;
import io.poolkeeper.lab.tools.WindowsBackupTools;
import io.poolkeeper.observed.RestoreObserved;
import io.poolkeeper.observed.VerifyImage;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.ObservedRun;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.tool.ImageTurns;
import io.poolkeeper.tool.Unattended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database in an image of Windows Server Backup: what counts as one, and what is said of it afterwards. */
class CaptureByWbadminTest {
    @TempDir
    Path folder;

    private Lab lab;
    private WindowsBackupTools tools;
    private Path images;
    private ImageTurns turns;

    @BeforeEach
    void start() throws IOException {
        lab = Lab.startWithSnapshots(Files.createDirectory(folder.resolve("backups")))
                .with("rtc", RecoveryModel.FULL, 30)
                .with("RTCConfig", RecoveryModel.SIMPLE, 3);
        var access = new SqlAccess(lab.url(""), "sa", Lab.PASSWORD, lab.virtualDevices());
        tools = WindowsBackupTools.install(folder, "ocs2007", "2008r2", () -> List.of(access));
        images = Files.createDirectory(folder.resolve("images"));
        turns = new ImageTurns();
    }

    @AfterEach
    void stop() {
        tools.close();
        lab.close();
    }

    private Site site(String options) {
        try {
            Files.createDirectories(folder.resolve("secrets"));
            var site = TestSites.STANDARD.replace(
                            "jdbc:sqlserver://127.0.0.1:1;encrypt=true;trustServerCertificate=true",
                            lab.url("").replaceAll(";$", ""))
                    + "methods: {database: wbadmin}\n"
                    + "wbadmin: {program: ['%s'], vssadmin: ['%s'], target: '%s'%s}\n"
                            .formatted(tools.wbadmin(), tools.vssadmin(), images, options);
            var read = TestSites.in(folder, site);
            Files.writeString(folder.resolve("secrets/sql"), Lab.PASSWORD);
            return read;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ObservedRun run(String options, String database) {
        return new ObservedRun(site(options), "database:ocs2007-rtc/" + database, Method.WBADMIN);
    }

    private Captured capture(ObservedRun run, Site site) {
        return (Captured)
                new CaptureByWbadmin(site, turns, Clock.systemUTC()).handle(run.step(Action.CAPTURE), run.work());
    }

    private Captured capture(String database) {
        return capture(run("", database), site(""));
    }

    private long versions() throws IOException {
        try (var all = Files.walk(images)) {
            return all.filter(file -> file.toString().endsWith(".vhd")).count();
        }
    }

    @Test
    void isCapturedWhenWbadminHasANewVersionAndMsdbASnapshot() throws SQLException {
        var run = run("", "rtc");

        var part = run.published(capture(run, site("")));

        assertThat(part.captured()).isFalse();
        assertThat(part.held()).isTrue();
        assertThat(ObservedBackup.of(part)).hasValueSatisfying(image -> {
            assertThat(image.who()).isEqualTo("Windows Server Backup on ocs2007.ocs.lab");
            assertThat(image.where())
                    .startsWith(images.resolve("set-0").resolve("capture-01-1").toString())
                    .containsPattern("version \\d\\d/\\d\\d/\\d{4}-\\d\\d:\\d\\d");
            assertThat(Duration.between(image.finished(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        });
        assertThat(part.recorded().path("vss").asText()).isEqualTo("copy");
        assertThat(part.recorded().path("snapshot").path("is_copy_only").asBoolean())
                .isTrue();
        assertThat(part.recorded().path("include").get(0).asText()).endsWith("\\DATA");
    }

    @Test
    void takesOneImageForAllDatabasesOfARunThatAreInIt() throws IOException {
        var first = capture("rtc");
        var second = capture("RTCConfig");

        assertThat(versions()).isEqualTo(1);
        assertThat(second.recorded().path("version")).isEqualTo(first.recorded().path("version"));
        assertThat(second.recorded().path("snapshot").path("uuid"))
                .isNotEqualTo(first.recorded().path("snapshot").path("uuid"));
    }

    @Test
    void isInDoubtUntilSomebodyRestoresIt() {
        var run = run("", "rtc");
        var site = site("");
        run.published(capture(run, site));

        var judged = run.judged(new VerifyImage(site, Clock.systemUTC()), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.damages()).isEmpty();
        assertThat(judged.reason()).contains("nothing short of a restore").contains("wbadmin start recovery -version:");
        var restored = run.judged(new RestoreObserved(), Action.RESTORE);
        assertThat(restored.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(restored.reason()).contains("the vault holds no copy").contains("wbadmin start recovery");
    }

    @Test
    void isSuspectOnceTheImageIsGoneAndUnknownWhileTheShareIsAway() throws IOException {
        var run = run("", "rtc");
        var site = site("");
        var part = run.published(capture(run, site));
        var verify = new VerifyImage(site, Clock.systemUTC());

        var elsewhere = Files.move(images, folder.resolve("away"));
        assertThat(run.judged(verify, Action.VERIFY).verdict()).isEqualTo(Verdict.UNKNOWN);
        Files.move(elsewhere, images);
        delete(Path.of(part.recorded().path("target").asText()));

        var judged = run.judged(verify, Action.VERIFY);
        assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(judged.damages().get(0).what()).contains("is gone");
    }

    @Test
    void isReadInEveryLanguage() throws IOException {
        tools.strike("german");

        assertThat(capture("rtc").recorded().path("version").asText()).isNotEmpty();
    }

    @Test
    void keepsEarlierVersionsOnAVolumeApart() throws IOException {
        var volume = tools.volume("E:");
        var old = Files.createDirectories(volume.resolve("WindowsImageBackup/OCS2007/Backup 2020-09-21 230000"));
        site("");
        var yaml = Files.readString(folder.resolve("site.yaml")).replace("'" + images + "'", "'E:'");
        var site = TestSites.in(folder, yaml);
        Files.writeString(folder.resolve("secrets/sql"), Lab.PASSWORD);

        var captured = capture(new ObservedRun(site, "database:ocs2007-rtc/rtc", Method.WBADMIN), site);

        assertThat(captured.recorded().path("target").asText()).isEqualTo("E:");
        assertThat(captured.recorded().path("version").asText()).isNotEqualTo("09/21/2020-23:00");
        assertThat(old).isDirectory();
    }

    @Test
    void failsWhenSqlServersWriterIsNotListed() throws IOException {
        tools.strike("writer-absent");

        assertThatThrownBy(() -> capture("rtc"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("lists no SqlServerWriter")
                .satisfies(e -> assertThat(((StepFault) e).hint()).contains("net start SQLWriter"));
        assertThat(versions()).isZero();
    }

    @Test
    void failsWhenSqlServersWriterHasFailed() throws IOException {
        tools.strike("writer-failed");

        assertThatThrownBy(() -> capture("rtc"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("state [8] Failed, last error: Non-retryable error");
    }

    @Test
    void failsWhenWbadminEndsWellButShowsNoNewVersion() throws IOException {
        tools.strike("no-version");

        assertThatThrownBy(() -> capture("rtc"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("wbadmin ended with 0, but " + images)
                .hasMessageContaining("shows no new version");
        assertThat(images).isEmptyDirectory();
    }

    @Test
    void failsWhenTheImageIsThereButSqlServerHadNoPartInIt() throws IOException {
        tools.strike("no-snapshot");

        assertThatThrownBy(() -> capture("rtc"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("but msdb has no snapshot of database:ocs2007-rtc/rtc since then")
                .satisfies(e -> assertThat(((StepFault) e).hint()).contains("wbadmin.include: volumes"));
    }

    @Test
    void doesNotTakeAnEarlierSnapshotForItsOwn() throws IOException {
        capture("rtc");
        turns = new ImageTurns();
        Files.move(images.resolve("set-0"), images.resolve("earlier"));
        tools.strike("no-snapshot");

        assertThatThrownBy(() -> capture("rtc")).hasMessageContaining("msdb has no snapshot");
    }

    @Test
    void failsWithWhatWbadminSaidWhenItBreaksOffAndLeavesTheEarlierImageAlone() throws IOException {
        capture("rtc");
        turns = new ImageTurns();
        Files.move(images.resolve("set-0"), images.resolve("earlier"));
        tools.strike("breaks-off");

        assertThatThrownBy(() -> capture("rtc"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("wbadmin ended with")
                .hasMessageContaining("not enough disk space");
        assertThat(versions()).isEqualTo(1);
    }

    @Test
    void triesAgainLaterWhenAnotherBackupRuns() throws IOException {
        Files.writeString(folder.resolve("vss/running"), "1");

        assertThatThrownBy(() -> capture("rtc"))
                .isInstanceOf(TransientFault.class)
                .hasMessageContaining("already in progress")
                .satisfies(e -> assertThat(((StepFault) e).hint()).contains("wbadmin get status"));
        assertThat(tools.running()).isTrue(); // it is not ours to stop
    }

    @Test
    void triesAgainLaterWhenTheTargetCannotBeReached() throws IOException {
        Files.delete(images);

        assertThatThrownBy(() -> capture("rtc"))
                .isInstanceOf(TransientFault.class)
                .hasMessageContaining("wbadmin.target " + images + " cannot be reached");
        assertThat(images).doesNotExist();
    }

    @Test
    void saysHowToInstallWhatIsMissing() throws IOException {
        Files.delete(tools.wbadmin());

        assertThatThrownBy(() -> capture("rtc"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("there is no program " + tools.wbadmin())
                .satisfies(e -> assertThat(((StepFault) e).hint()).contains("servermanagercmd -install Backup"));
    }

    @Test
    void stopsTheJobWhenItsTimeIsOver() throws IOException {
        tools.strike("hangs");
        var run = run("", "rtc");
        var site = site("");

        assertThatThrownBy(() -> new CaptureByWbadmin(site, turns, Clock.systemUTC())
                        .handle(run.step(Action.CAPTURE), run.work().timeLeft(Duration.ofSeconds(4))))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("wbadmin did not end in the time");
        assertThat(tools.running()).isFalse();
    }

    @Test
    void stopsTheJobWhenTheRunIsCancelled() throws IOException {
        tools.strike("hangs");
        var run = run("", "rtc");
        var site = site("");
        var work = run.work();
        var capture = CompletableFuture.supplyAsync(
                () -> new CaptureByWbadmin(site, turns, Clock.systemUTC()).handle(run.step(Action.CAPTURE), work));
        await().atMost(Duration.ofSeconds(30)).until(tools::running);

        work.cancel();

        assertThatThrownBy(capture::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("CANCELLED");
        assertThat(tools.running()).isFalse();
    }

    @Test
    void failsADatabaseThatIsNotOnline() {
        var site = site("");
        lab.server.setState("rtc", DatabaseState.OFFLINE);

        assertThatThrownBy(() -> capture(run("", "rtc"), site))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("is OFFLINE");
    }

    @Test
    void movesTheChainOnOnlyWhenTheSiteOwnsIt() throws SQLException {
        var captured = capture(run(", vss: full", "rtc"), site(", vss: full"));

        assertThat(captured.recorded().path("snapshot").path("is_copy_only").asBoolean())
                .isFalse();
        try (var statements = new JdbcStatements(lab.connect(), new Unattended(Duration.ofMinutes(1)))) {
            assertThat(BackupHistory.newestFull(statements, "rtc")).isPresent();
        }
    }

    @Test
    void takesWholeVolumesWhenToldTo() {
        var captured = capture(run(", include: volumes", "rtc"), site(", include: volumes"));

        assertThat(captured.recorded().path("include").get(0).asText()).isEqualTo("C:");
        assertThat(captured.recorded().path("include")).hasSize(1);
    }

    private static void delete(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

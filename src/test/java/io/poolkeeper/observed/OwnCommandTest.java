// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.ObservedRun;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the company's own command says and leaves, and what is believed of it. */
class OwnCommandTest {
    @TempDir
    Path folder;

    private Path left;
    private Site site;
    private ObservedRun run;

    @BeforeEach
    void prepare() throws IOException {
        left = Files.createDirectory(folder.resolve("left"));
        Files.writeString(Files.createDirectory(folder.resolve("share")).resolve("a.txt"), "a");
    }

    @Test
    void aBackupOfAFormatThatNobodyHereReadsIsInDoubt() throws IOException {
        site("echo saved > left/job.vbk", "result: left/job.vbk");

        var part = published();

        assertThat(part.artefacts()).isEmpty();
        assertThat(part.recorded().path("bytes").asInt()).isEqualTo(6);
        assertThat(part.recorded().path("hashes").path("job.vbk").asText()).hasSize(64);
        var backup = ObservedBackup.of(part).orElseThrow();
        assertThat(backup.who()).contains("the company's own command").contains("backup.sh");
        assertThat(backup.where()).isEqualTo(left.resolve("job.vbk").toString());
        assertThat(verify().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(verify().reason()).contains("job.vbk").contains("names no command that verifies it");
    }

    @Test
    void itsOwnVerificationIsBelieved() throws IOException {
        site(
                "echo saved > left/job.vbk",
                "result: left/job.vbk, verify: ['./verify.sh'], damageCodes: [3], warningCodes: [2]");
        script("verify.sh", "test -s $POOLKEEPER_RESULT");
        published();

        assertThat(verify().verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(verify().depth()).isEqualTo(Depth.CONTENT);

        script("verify.sh", "exit 2");
        assertThat(verify().verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(verify().warnings()).singleElement().asString().contains("ended with 2");

        script("verify.sh", "echo catalogue is broken; exit 3");
        assertThat(verify().verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(verify().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("ended with 3: catalogue is broken"));

        script("verify.sh", "echo no licence; exit 4");
        assertThat(verify().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(verify().reason()).contains("ended with 4: no licence");
    }

    @Test
    void aBackupThatIsGoneOrChangedIsSuspectWhateverVerifySays() throws IOException {
        site("echo saved > left/job.vbk", "result: left/job.vbk, verify: ['true']");
        published();
        Files.writeString(left.resolve("job.vbk"), "other");
        assertThat(verify().verdict()).isEqualTo(Verdict.SUSPECT);

        Files.delete(left.resolve("job.vbk"));
        assertThat(verify().verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void whatCanBeReadIsRead() throws IOException {
        site("echo '<Root><a/></Root>' > left/export.xml", "result: left, files: '*.xml'");
        published();
        assertThat(verify().verdict()).isEqualTo(Verdict.PROVEN);

        site("echo '<Root><a></Root>' > left/export.xml", "result: left, files: '*.xml'");
        published();
        assertThat(verify().verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void copiesOfFilesAreWhatTheyAreAlsoWhenNothingWasNew() throws IOException {
        Files.createDirectory(left.resolve("mirror"));
        Files.writeString(left.resolve("mirror/a.txt"), "a");
        Files.setLastModifiedTime(
                left.resolve("mirror/a.txt"),
                java.nio.file.attribute.FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        site("exit 1", "result: left/mirror, copies: true, okCodes: [0, 1]");

        var part = published();

        assertThat(ObservedBackup.of(part).orElseThrow().finished())
                .isAfter(Instant.now().minus(Duration.ofMinutes(1)));
        assertThat(verify().verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void anExitCodeIsAWarningOnlyIfTheSiteFileSaysSo() throws IOException {
        site(
                "echo saved > left/job.vbk; echo 'some files vanished'; exit 24",
                "result: left/job.vbk, warningCodes: [24]");
        assertThat(capture().warnings())
                .containsExactly("command backup of share:own ended with 24: some files vanished");

        site("echo saved > left/job.vbk; echo 'disk full'; exit 12", "result: left/job.vbk");
        assertThatThrownBy(this::capture)
                .isInstanceOf(PermanentFault.class)
                .hasMessage("command backup of share:own ended with 12: disk full")
                .satisfies(e -> assertThat(((StepFault) e).hint()).contains("warningCodes"));
    }

    @Test
    void aCommandThatEndsWellAndLeavesNothingOrNothingNewHasFailed() throws IOException {
        site("true", "result: left/job.vbk");
        assertThatThrownBy(this::capture).hasMessageContaining("ended with 0, but left nothing in");

        Files.writeString(left.resolve("job.vbk"), "");
        assertThatThrownBy(this::capture).hasMessageContaining("left nothing in");

        Files.writeString(left.resolve("job.vbk"), "of last week");
        Files.setLastModifiedTime(
                left.resolve("job.vbk"),
                java.nio.file.attribute.FileTime.from(Instant.now().minus(Duration.ofDays(7))));
        assertThatThrownBy(this::capture).hasMessageContaining("left nothing new");
    }

    @Test
    void learnsFromItsEnvironmentWhatItIsAskedForAndNoSecret() throws IOException {
        site("env > left/seen.vbk; pwd >> left/seen.vbk", "result: left/seen.vbk");

        capture();

        assertThat(left.resolve("seen.vbk"))
                .content()
                .contains("POOLKEEPER_SITE=test-site\n")
                .contains("POOLKEEPER_RUN=run-1\n")
                .contains("POOLKEEPER_SET=set-0\n")
                .contains("POOLKEEPER_PART=share:own\n")
                .contains("POOLKEEPER_PATH=" + folder.resolve("share") + "\n")
                .contains("POOLKEEPER_RESULT=" + left.resolve("seen.vbk") + "\n")
                .contains("\n" + folder + "\n");
    }

    @Test
    void aCommandThatTakesTooLongIsStopped() throws IOException {
        site("exec sleep 600", "result: left/job.vbk, atMost: PT1S");

        assertThatThrownBy(this::capture)
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("did not end in the time that was left for it");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws IOException {
        site("true", "result: left/job.vbk");
        Files.delete(folder.resolve("backup.sh"));

        assertThatThrownBy(this::capture)
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("command backup of share:own cannot be started");
    }

    @Test
    void collectsIntoTheSetWhatItWroteWhereItWasToldTo() throws IOException {
        site("mkdir -p $POOLKEEPER_RESULT/deep; echo saved > $POOLKEEPER_RESULT/deep/job.vbk", "collect: true");

        var part = published();

        assertThat(part.artefacts()).singleElement().satisfies(artefact -> {
            assertThat(artefact.path()).isEqualTo("shares/own/deep/job.vbk");
            assertThat(artefact.size()).isEqualTo(6);
        });
        assertThat(ObservedBackup.of(part)).isEmpty();
        assertThat(part.captured()).isTrue();
        assertThat(run.work().sandbox()).doesNotExist();
        assertThat(verify().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(Files.readString(run.vault().set("set-1").resolve("RESTORE.txt")))
                .contains("The company's own command left these files");
    }

    @Test
    void putsBackWhatItCollectedAndSaysWhoRestoresIt() throws IOException {
        site("echo saved > left/job.vbk", "result: left/job.vbk, collect: true");
        published();

        assertThat(judged(Action.DRILL).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(run.work().sandbox()).doesNotExist();
        var restored = judged(Action.RESTORE);

        assertThat(run.work().sandbox().resolve("job.vbk")).hasContent("saved");
        assertThat(restored.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(restored.depth()).isEqualTo(Depth.MEDIA);
        assertThat(restored.warnings()).singleElement().asString().contains("its product alone can restore");
        assertThatThrownBy(() -> judged(Action.RESTORE)).hasMessageContaining("is there already");
    }

    @Test
    void drillsCopiesAndLeavesNothingBehind() throws IOException {
        site("cp share/a.txt left/", "result: left, collect: true, copies: true");
        published();

        var drill = judged(Action.DRILL);

        assertThat(drill.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(drill.depth()).isEqualTo(Depth.RESTORED);
        assertThat(run.work().sandbox()).doesNotExist();
    }

    @Test
    void damagedArtefactsAreNotPutBack() throws IOException {
        site("echo saved > left/job.vbk", "result: left/job.vbk, collect: true");
        published();
        Files.writeString(run.vault().set("set-1").resolve("shares/own/job.vbk"), "other");

        assertThat(judged(Action.RESTORE).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(run.work().sandbox()).doesNotExist();
    }

    @Test
    void saysWhereItLiesIfTheSetHoldsNoCopy() throws IOException {
        site("echo saved > left/job.vbk", "result: left/job.vbk");
        published();

        assertThat(judged(Action.RESTORE).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged(Action.RESTORE).reason())
                .contains(left.resolve("job.vbk").toString());
    }

    @Test
    void refusesACommandOfWhichNobodySaysWhatItLeaves() {
        assertThatThrownBy(() -> site("true", "files: '*.bak'"))
                .hasMessageContaining("shares.own.command: does not say what the command leaves")
                .hasMessageContaining("shares.own.command.files: needs result");
        assertThatThrownBy(() -> site("true", "collect: true, warningCodes: [0], damageCodes: [3]"))
                .hasMessageContaining("shares.own.command.warningCodes: [0] are under okCodes, too")
                .hasMessageContaining("shares.own.command.damageCodes: needs verify");
    }

    private void site(String script, String keys) throws IOException {
        script("backup.sh", script);
        site = TestSites.in(
                folder,
                TestSites.STANDARD
                        + "shares: {own: {path: share, role: meeting-compliance, pool: ocs2007, command: {backup: ['./backup.sh'], %s}}}\n"
                                .formatted(keys));
        run = new ObservedRun(site, "share:own", Method.COMMAND);
    }

    private void script(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Captured capture() {
        return (Captured) new CaptureByCommand(site, Clock.systemUTC()).handle(run.step(Action.CAPTURE), run.work());
    }

    private Manifest.Part published() throws IOException {
        var step = run.step(Action.CAPTURE);
        var captured = (Captured) new CaptureByCommand(site, Clock.systemUTC())
                .handle(
                        step,
                        new io.poolkeeper.step.TestWork(
                                run.vault().folder(),
                                run.vault().attempt("set-1", step.attemptName()),
                                run.work().sandbox()));
        return run.published(captured);
    }

    private Judged verify() {
        return judged(Action.VERIFY);
    }

    private Judged judged(Action action) {
        return run.judged(action == Action.VERIFY ? new VerifyByCommand(site) : new RestoreByCommand(), action);
    }
}

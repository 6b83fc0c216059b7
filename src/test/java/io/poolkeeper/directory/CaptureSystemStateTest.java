// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Method;
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
import io.poolkeeper.step.Verdict;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.ImageTurns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system state of a domain controller, by Windows Server Backup. */
class CaptureSystemStateTest {
    private static final String PART = "directory:ocs-system-state";

    @TempDir
    Path folder;

    private WindowsBackupTools tools;
    private Path images;

    @BeforeEach
    void start() throws IOException {
        tools = WindowsBackupTools.install(folder, "dc1", "2008r2", java.util.List::of);
        tools.promote();
        images = Files.createDirectory(folder.resolve("images"));
    }

    @AfterEach
    void stop() {
        tools.close();
    }

    private Site site(String target) {
        return TestSites.in(
                folder,
                TestSites.STANDARD
                        + "methods: {directory: [ldif, system-state]}\n"
                        + "wbadmin: {program: ['%s'], vssadmin: ['%s'], target: '%s'}\n"
                                .formatted(tools.wbadmin(), tools.vssadmin(), target));
    }

    private Captured capture(ObservedRun run, Site site) {
        return (Captured) new CaptureSystemState(site, new ImageTurns(), HandOff.NONE, Clock.systemUTC())
                .handle(run.step(Action.CAPTURE), run.work());
    }

    @Test
    void isANewVersionAtTheTargetAndARestorableBackupOfTheDirectory() {
        var site = site(images.toString());
        var run = new ObservedRun(site, PART, Method.SYSTEM_STATE);

        var part = run.published(capture(run, site));

        assertThat(Duration.between(ObservedBackup.of(part).orElseThrow().finished(), Instant.now()))
                .isLessThan(Duration.ofMinutes(2));
        assertThat(part.recorded().path("version").asText()).matches("\\d\\d/\\d\\d/\\d{4}-\\d\\d:\\d\\d");
        assertThat(images.resolve("set-0/capture-01-1/WindowsImageBackup/DC1")).isDirectory();
    }

    @Test
    void staysInDoubtAndSaysWhatItBringsBackAndHow() {
        var site = site(images.toString());
        var run = new ObservedRun(site, PART, Method.SYSTEM_STATE);
        run.published(capture(run, site));

        var judged = run.judged(new VerifyImage(site, Clock.systemUTC()), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason())
                .contains("nothing short of a restore", "not in it: what OCS keeps outside of Active Directory")
                .contains("Directory Services Restore Mode", "wbadmin start systemstaterecovery -version:");
        assertThat(run.judged(new RestoreObserved(), Action.RESTORE).reason())
                .contains("wbadmin start systemstaterecovery -version:");
    }

    @Test
    void isDamageWhenItsFolderIsGone() throws IOException {
        var site = site(images.toString());
        var run = new ObservedRun(site, PART, Method.SYSTEM_STATE);
        run.published(capture(run, site));
        Files.move(images.resolve("set-0/capture-01-1/WindowsImageBackup"), folder.resolve("elsewhere"));

        assertThat(run.judged(new VerifyImage(site, Clock.systemUTC()), Action.VERIFY)
                        .verdict())
                .isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void failsOnAServerThatIsNoDomainControllerAndTakesNothing() throws IOException {
        Files.delete(folder.resolve("vss/domain-controller"));
        var site = site(images.toString());

        assertThatThrownBy(() -> capture(new ObservedRun(site, PART, Method.SYSTEM_STATE), site))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("this host is no domain controller");
        assertThat(images).isEmptyDirectory();
    }

    @Test
    void failsWhenTheWriterOfActiveDirectoryHasFailed() throws IOException {
        tools.strike("writer-failed");
        var site = site(images.toString());

        assertThatThrownBy(() -> capture(new ObservedRun(site, PART, Method.SYSTEM_STATE), site))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("NTDS writer is in state [8]");
    }

    @Test
    void failsWhenWbadminIsContentAndNothingIsThere() throws IOException {
        tools.strike("no-version");
        var site = site(images.toString());

        assertThatThrownBy(() -> capture(new ObservedRun(site, PART, Method.SYSTEM_STATE), site))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("wbadmin ended with 0, but")
                .hasMessageContaining("shows no new version");
    }

    @Test
    void isNotLookedForOnAVolumeOfAnotherHost() throws IOException {
        tools.volume("E:");
        var site = site("E:");
        var run = new ObservedRun(site, PART, Method.SYSTEM_STATE);
        var captured = capture(run, site);
        ((com.fasterxml.jackson.databind.node.ObjectNode) captured.recorded()).put("worker", "dc");
        run.published(captured);

        var judged = run.judged(new VerifyImage(site, Clock.systemUTC()), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).contains("a volume of the host of worker dc");
    }
}

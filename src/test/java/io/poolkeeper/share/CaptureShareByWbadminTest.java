// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.lab.tools.WindowsBackupTools;
import io.poolkeeper.observed.VerifyImage;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.ObservedRun;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.ImageTurns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share in an image of Windows Server Backup. */
class CaptureShareByWbadminTest {
    @TempDir
    Path folder;

    private WindowsBackupTools tools;
    private Path share;
    private Path images;

    @BeforeEach
    void start() throws IOException {
        tools = WindowsBackupTools.install(folder, "ocs2007", "2008r2", List::of);
        share = Files.createDirectories(folder.resolve("meeting/deep"));
        Files.writeString(share.resolve("slides.ppt"), "slides");
        images = Files.createDirectory(folder.resolve("images"));
    }

    @AfterEach
    void stop() {
        tools.close();
    }

    private Site site(String os) {
        return site(os, "");
    }

    private Site site(String os, String options) {
        return TestSites.in(
                folder,
                TestSites.STANDARD.replace("os: 2008r2", "os: " + os)
                        + "shares: {meeting: {path: meeting, role: meeting-content, pool: ocs2007}}\n"
                        + "methods: {share: wbadmin}\n"
                        + "wbadmin: {program: ['%s'], vssadmin: ['%s'], target: '%s'%s}\n"
                                .formatted(tools.wbadmin(), tools.vssadmin(), images, options));
    }

    private Captured capture(ObservedRun run, Site site) {
        return (Captured) new CaptureShareByWbadmin(site, new ImageTurns(), HandOff.NONE, Clock.systemUTC())
                .handle(run.step(Action.CAPTURE), run.work());
    }

    @Test
    void liesInAnImageThatIsInDoubtUntilSomebodyRestoresIt() throws IOException {
        var site = site("2008r2");
        var run = new ObservedRun(site, "share:meeting", Method.WBADMIN);

        var part = run.published(capture(run, site));

        assertThat(ObservedBackup.of(part).orElseThrow().who()).isEqualTo("Windows Server Backup on ocs2007.ocs.lab");
        assertThat(part.recorded().path("include").get(0).asText())
                .isEqualTo(folder.resolve("meeting").toString());
        try (var all = Files.walk(images)) {
            assertThat(all.filter(file -> file.toString().endsWith(".vhd"))).hasSize(1);
        }
        var judged = run.judged(new VerifyImage(site, Clock.systemUTC()), Action.VERIFY);
        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).contains("nothing short of a restore");
    }

    @Test
    void aFullServerImageCanBeStartedFromAndSaysWhatIsNotInIt() throws IOException {
        var site = site("2008r2", ", include: server");
        var run = new ObservedRun(site, "share:meeting", Method.WBADMIN);

        run.published(capture(run, site));

        Path image;
        try (var all = Files.walk(images)) {
            image = all.filter(file -> file.toString().endsWith(".vhd"))
                    .findFirst()
                    .orElseThrow();
        }
        try (var zip = new java.util.zip.ZipFile(image.toFile())) {
            assertThat(zip.getEntry("System Reserved/bootmgr")).isNotNull();
            assertThat(zip.stream().map(java.util.zip.ZipEntry::getName))
                    .anyMatch(name -> name.endsWith("meeting/deep/slides.ppt"));
        }
        assertThat(run.judged(new VerifyImage(site, Clock.systemUTC()), Action.VERIFY)
                        .reason())
                .contains("not in it: Active Directory")
                .contains("settings of Group Chat")
                .contains("Communicator Web Access")
                .contains("certificates with their private keys");
    }

    @Test
    void needsNoWriterOfSqlServer() throws IOException {
        tools.strike("writer-absent");
        var site = site("2008r2");

        assertThat(capture(new ObservedRun(site, "share:meeting", Method.WBADMIN), site)
                        .recorded()
                        .path("version")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void failsWhenTheFolderIsGone() throws IOException {
        var site = site("2008r2");
        Files.delete(share.resolve("slides.ppt"));
        Files.delete(share);
        Files.delete(share.getParent());

        assertThatThrownBy(() -> capture(new ObservedRun(site, "share:meeting", Method.WBADMIN), site))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("there is no folder " + share.getParent());
    }

    @Test
    void saysHowThatWindowsInstallsWhatIsMissing() throws IOException {
        Files.delete(tools.wbadmin());

        var site = site("'2016'");

        assertThatThrownBy(() -> capture(new ObservedRun(site, "share:meeting", Method.WBADMIN), site))
                .isInstanceOf(PermanentFault.class)
                .satisfies(e ->
                        assertThat(((StepFault) e).hint()).contains("Install-WindowsFeature Windows-Server-Backup"));
    }
}

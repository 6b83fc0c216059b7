// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.tools.WindowsBackupTools;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightShadowTest {
    @TempDir
    Path folder;

    private WindowsBackupTools tools;
    private Site site;

    @BeforeEach
    void install() throws IOException {
        tools = WindowsBackupTools.install(folder, "ocs2007", "2008r2", List::of);
        site = TestSites.in(
                folder,
                TestSites.STANDARD
                        + "shares: {own: {path: share, role: meeting-compliance, pool: ocs2007, shadow: vssadmin}}\n"
                        + "shadow: {vssadmin: ['%s']}\n".formatted(tools.vssadmin()));
    }

    @AfterEach
    void stop() {
        tools.close();
    }

    @Test
    void saysThatAllWritersAreWell() {
        assertThat(writers()).singleElement().satisfies(found -> {
            assertThat(found.state()).isEqualTo(Finding.State.OK);
            assertThat(found.what()).isEqualTo("3 VSS writers, all stable and without error");
        });
    }

    @Test
    void warnsOfAWriterThatHasFailedByItsName() throws IOException {
        tools.strike("writer-failed", "german");

        assertThat(writers()).singleElement().satisfies(found -> {
            assertThat(found.state()).isEqualTo(Finding.State.WARNING);
            assertThat(found.what()).startsWith("the VSS writer SqlServerWriter is in state [8] Fehlgeschlagen");
        });
    }

    @Test
    void saysThatThereIsNoVssadmin() throws IOException {
        Files.delete(tools.vssadmin());

        assertThat(writers())
                .singleElement()
                .satisfies(found -> assertThat(found.state()).isEqualTo(Finding.State.PROBLEM));
    }

    @Test
    void saysWhatAHostCannotDo() {
        var findings = new Findings();
        PreflightShadow.look(site, site.shares().get("own"), findings);

        assertThat(findings.all()).singleElement().satisfies(found -> {
            assertThat(found.about()).isEqualTo("shares.own.shadow");
            assertThat(found.state()).isEqualTo(Finding.State.PROBLEM);
            assertThat(found.what()).contains("this host runs another system");
        });
    }

    @Test
    void knowsWhichWindowsHasDiskshadow() {
        assertThat(ShadowCopies.fits(io.poolkeeper.site.ShadowTools.Way.DISKSHADOW, "2003r2"))
                .isFalse();
        assertThat(ShadowCopies.fits(io.poolkeeper.site.ShadowTools.Way.VSSADMIN, "2003r2"))
                .isTrue();
        assertThat(ShadowCopies.fits(io.poolkeeper.site.ShadowTools.Way.DISKSHADOW, "2008"))
                .isTrue();
    }

    private List<Finding> writers() {
        var findings = new Findings();
        PreflightShadow.writers(site, findings);
        return findings.all();
    }
}

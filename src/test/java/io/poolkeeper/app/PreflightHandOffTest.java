// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.plan.HostJobs;
import io.poolkeeper.set.Release;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightHandOffTest {
    private static final Instant NOW = Instant.parse("2026-11-27T16:00:00Z");

    @TempDir
    Path folder;

    private Site site;
    private Path desk;

    @BeforeEach
    void describe() throws IOException {
        desk = folder.resolve("desk");
        site = SiteFile.read(Files.writeString(folder.resolve("site.yaml"), """
                site: hosts
                product: ocs-2007-r2
                vault: {path: vault}
                workers: {ocs2007: {handOff: desk}}
                pools:
                  - name: ocs2007
                    edition: standard
                    servers: [{fqdn: ocs2007.example.com, roles: [standard-edition], worker: ocs2007}]
                settings: {lcscmd: ['C:\\LCSCmd.exe'], dbimpexp: ['C:\\dbimpexp.exe']}
                """));
    }

    private List<Finding> look() {
        var findings = new Findings();
        new PreflightHandOff(
                        site, Objects.requireNonNull(site.workers().get("ocs2007")), Clock.fixed(NOW, ZoneOffset.UTC))
                .look(findings);
        return findings.all();
    }

    private void alive(String release, String commands, Duration ago, Duration ahead) throws IOException {
        Files.createDirectories(desk.resolve("in"));
        Files.createDirectories(desk.resolve("out"));
        var file = Files.writeString(
                desk.resolve("out/alive.txt"),
                "version=1\r\nrelease=%s\r\ncommands=%s\r\nutc=%s\r\ncan1=lcscmd-global-pool\r\ncan2=lcscmd-machine\r\ncan3=dbimpexp\r\n"
                        .formatted(release, commands, NOW.minus(ago).plus(ahead)));
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(ago)));
    }

    private String digest() {
        return HostJobs.digest(site, "ocs2007");
    }

    private void assertFound(Finding.State state, String words) {
        assertThat(look()).anySatisfy(finding -> {
            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.what()).contains(words);
        });
    }

    @Test
    void isOkWhenTheHostWasSeenJustNow() throws IOException {
        alive(Release.version(), digest(), Duration.ofSeconds(40), Duration.ZERO);

        assertThat(look()).singleElement().extracting(Finding::state).isEqualTo(Finding.State.OK);
        assertFound(Finding.State.OK, "40 s ago; it does lcscmd-global-pool, lcscmd-machine, dbimpexp");
    }

    @Test
    void isNeverFineWhenThereIsNoFolderOrNoSign() throws IOException {
        assertFound(Finding.State.PROBLEM, "there is no job folder");
        Files.createDirectories(desk);
        assertFound(Finding.State.PROBLEM, "was never seen");
        assertThat(look()).noneMatch(finding -> finding.state() == Finding.State.OK);
    }

    @Test
    void tellsSinceWhenTheHostIsSilent() throws IOException {
        alive(Release.version(), digest(), Duration.ofMinutes(10), Duration.ZERO);

        assertThat(look()).singleElement().extracting(Finding::state).isEqualTo(Finding.State.PROBLEM);
        assertFound(Finding.State.PROBLEM, "last seen at 2026-11-27T15:50:00Z, 600 s ago");
    }

    @Test
    void takesAHostThatWorksAtAJobForOneThatMayBeBusy() throws IOException {
        alive(Release.version(), digest(), Duration.ofMinutes(10), Duration.ZERO);
        Files.writeString(desk.resolve("in/r1.capture-01-1.claimed"), "version=1\r\n");

        assertThat(look()).singleElement().extracting(Finding::state).isEqualTo(Finding.State.WARNING);
        assertFound(Finding.State.WARNING, "it has begun job r1.capture-01-1 and not ended it");
    }

    @Test
    void tellsOfCommandLinesOfAnotherSiteFile() throws IOException {
        alive(Release.version(), "0123456789abcdef", Duration.ofSeconds(1), Duration.ZERO);

        assertThat(look()).noneMatch(finding -> finding.state() == Finding.State.OK);
        assertFound(Finding.State.PROBLEM, "so it refuses jobs");
    }

    @Test
    void warnsOfAnOlderScriptAndOfAClockThatDiffers() throws IOException {
        alive("0.1", digest(), Duration.ofSeconds(1), Duration.ofMinutes(5));

        assertFound(Finding.State.WARNING, "written by release 0.1");
        assertFound(Finding.State.WARNING, "by 300 s");
    }

    @Test
    void doesNotGuessWhatASignSaysThatMakesNoSense() throws IOException {
        alive("1.0", digest(), Duration.ZERO, Duration.ZERO);
        Files.writeString(desk.resolve("out/alive.txt"), "PK\u0003\u0004");

        assertFound(Finding.State.PROBLEM, "makes no sense");
    }
}

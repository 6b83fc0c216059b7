// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.lab.tools.WindowsBackupTools;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.ShadowCopies;
import io.poolkeeper.tool.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A share that is read from a shadow copy of its volume, which the lab's diskshadow and vssadmin really make. */
class ShadowedShareTest {
    @TempDir
    Path folder;

    private WindowsBackupTools tools;
    private Path volume;
    private Path share;
    private int steps;

    @BeforeEach
    void install() throws IOException {
        tools = WindowsBackupTools.install(folder, "ocs2007", "2008r2", List::of);
        volume = tools.volume("E:");
        share = Files.createDirectories(volume.resolve("RTC Data/meeting"));
        for (var i = 0; i < 50; i++) {
            Files.writeString(share.resolve("slides-%02d.ppt".formatted(i)), "as it was");
        }
    }

    @AfterEach
    void stop() {
        tools.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diskshadow", "vssadmin"})
    void holdsEachFileAsItWasAtTheMomentOfTheShadowCopy(String way) throws IOException {
        var step = step();

        var taken = capture(way, step, new Meddling(work(step)));

        assertThat(taken.warnings()).isEmpty();
        assertThat(Json.as(taken.recorded(), Recorded.class).files()).isEqualTo(50);
        assertThat(content(step, taken)).containsOnly("as it was").hasSize(50);
        assertThat(share.resolve("slides-49.ppt")).hasContent("changed meanwhile");
        assertThat(tools.shadows()).isEmpty();
        assertThat(folder.resolve("state/shadow")).isEmptyDirectory();
    }

    @Test
    void withoutAShadowCopyTheSameIsNoticed() throws IOException {
        var step = step();

        var taken = capture("none", step, new Meddling(work(step)));

        assertThat(content(step, taken)).contains("changed meanwhile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"diskshadow", "vssadmin"})
    void removesTheShadowCopyWhenTheCaptureFails(String way) throws IOException {
        var step = step();

        assertThatThrownBy(() -> capture(way, step, work(step).cancelledAtCheck(3)))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("CANCELLED");

        assertThat(tools.shadows()).isEmpty();
        assertThat(folder.resolve("state/shadow")).isEmptyDirectory();
        assertThat(share.resolve("slides-00.ppt"))
                .as("never through a link into the source")
                .exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diskshadow", "vssadmin"})
    void failsWhenNoneCanBeMadeAndNeverReadsTheFilesAsTheyAre(String way) throws IOException {
        tools.strike("shadow-fails");
        var step = step();

        assertThatThrownBy(() -> capture(way, step, work(step)))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("Insufficient storage");

        assertThat(work(step).attemptFolder()).doesNotExist();
        tools.strike();
        assertThat(capture(way, step(), work(step)).warnings())
                .as("nothing is left of it")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diskshadow", "vssadmin"})
    void namesAShadowCopyThatCannotBeRemovedAndRemovesItTheNextTime(String way) throws IOException {
        tools.strike("shadow-stays");
        var step = step();
        var taken = capture(way, step, work(step));
        assertThat(taken.warnings())
                .singleElement()
                .asString()
                .contains("is still there")
                .contains("Access is denied");
        assertThat(tools.shadows()).hasSize(1);

        tools.strike();
        var next = step();

        assertThat(capture(way, next, work(next)).warnings()).isEmpty();
        assertThat(tools.shadows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diskshadow", "vssadmin"})
    void removesWhatAKilledProgramLeft(String way) throws IOException {
        var killed = step();
        new ShadowCopies(site(way), this::onE)
                .make(site(way).shares().get("meetings").shadow(), share, killed, work(killed));
        assertThat(tools.shadows()).hasSize(1);

        var step = step();
        var taken = capture(way, step, work(step));

        assertThat(taken.warnings()).isEmpty();
        assertThat(tools.shadows()).isEmpty();
        assertThat(folder.resolve("state/shadow")).isEmptyDirectory();
    }

    @Test
    void namesWhatNobodyCanIdentify() throws IOException {
        var left = Files.createDirectories(folder.resolve("state/shadow/run-0-capture-01-1"));
        Files.writeString(
                left.resolve("shadow.json"),
                "{\"way\": \"VSSADMIN\", \"volume\": \"E:\", \"id\": null, \"shown\": \"%s\", \"run\": \"run-0\", \"ended\": false}"
                        .formatted(left.resolve("volume")));
        var step = step();

        assertThat(capture("vssadmin", step, work(step)).warnings())
                .singleElement()
                .asString()
                .contains("run-0 was stopped while a shadow copy of E: was made")
                .contains("vssadmin list shadows");
    }

    @Test
    void isForSharesOfThisServersOwnVolumes() {
        assertThatThrownBy(() -> Volume.of(share))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("shadow copies are made by Windows");
        assertThatThrownBy(() -> site("diskshadow", "url: 'smb://files/x'"))
                .hasMessageContaining("shares.meetings.shadow: shadow copies are made of a server's own volumes");
    }

    /** Changes every file as soon as the first is about to be read. */
    private final class Meddling implements Work {
        private final TestWork work;
        private boolean done;

        Meddling(TestWork work) {
            this.work = work;
        }

        private void meddle() {
            if (done || !started()) {
                return;
            }
            done = true;
            try {
                for (var i = 0; i < 50; i++) {
                    Files.writeString(share.resolve("slides-%02d.ppt".formatted(i)), "changed meanwhile");
                }
                Files.writeString(share.resolve("new.ppt"), "came meanwhile");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whoever makes the shadow copy asks, too. */
        private boolean started() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(Capture.class.getName())));
        }

        @Override
        public void checkCancelled() {
            meddle();
            work.checkCancelled();
        }

        @Override
        public Path vault() {
            return work.vault();
        }

        @Override
        public Path attemptFolder() {
            return work.attemptFolder();
        }

        @Override
        public Path sandbox() {
            return work.sandbox();
        }

        @Override
        public void progress(long bytes, long total, String unit) {
            work.progress(bytes, total, unit);
        }

        @Override
        public void onCancel(Runnable stop) {
            work.onCancel(stop);
        }

        @Override
        public Duration timeLeft() {
            return work.timeLeft();
        }
    }

    private Volume onE(Path path) {
        return new Volume("E:", volume);
    }

    private Captured capture(String way, Step step, Work work) throws IOException {
        var site = site(way);
        return (Captured)
                new ShadowedShare(site, new CaptureShare(site), new ShadowCopies(site, this::onE)).handle(step, work);
    }

    private Site site(String way) throws IOException {
        return site(way, "path: 'vss/volumes/E/RTC Data/meeting'");
    }

    private Site site(String way, String where) throws IOException {
        return SiteFile.read(Files.writeString(folder.resolve("site.yaml"), """
                site: lab
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                shares:
                  meetings: {%s, role: meeting-content, pool: pool, shadow: %s}
                shadow: {diskshadow: ['%s'], vssadmin: ['%s'], mklink: ['%s']}
                """.formatted(
                        where, way, tools.diskshadow(), tools.vssadmin(), tools.mklink())));
    }

    private Step step() {
        return new Step(
                "run-1",
                "capture-" + ++steps,
                1,
                ShareLab.PART,
                Action.CAPTURE,
                io.poolkeeper.catalogue.Method.ARCHIVE,
                Action.CAPTURE.effect(),
                Site.LOCAL,
                "set-" + steps,
                null,
                Level.FULL,
                io.poolkeeper.catalogue.Depth.CONTENT,
                false,
                Instant.now().plusSeconds(600),
                "0".repeat(64));
    }

    private TestWork work(Step step) throws IOException {
        var vault = Vault.of(site("none"));
        return new TestWork(
                vault.folder(), vault.attempt(step.requiredSet(), step.attemptName()), folder.resolve("sandbox"));
    }

    /** The texts of all files in the segments. */
    private List<String> content(Step step, Captured taken) throws IOException {
        var texts = new java.util.ArrayList<String>();
        for (var artefact : taken.artefacts()) {
            if (artefact.path().endsWith(".zip")) {
                try (var zip = new ZipFile(
                        work(step).attemptFolder().resolve(artefact.path()).toFile())) {
                    for (var entry : java.util.Collections.list(zip.entries())) {
                        texts.add(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return texts;
    }
}

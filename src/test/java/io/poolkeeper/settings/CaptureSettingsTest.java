// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureSettingsTest {
    private static final String POOL = "settings:global-pool/ocs2007";
    private static final String MACHINE = "settings:machine/ocs2007.ocs.lab";
    private static final String POOL_FILE = "settings/ocs2007-globalandpool.xml";

    @TempDir
    Path folder;

    @Test
    void exportsGlobalAndPoolSettingsAsTheProductDocumentsIt() throws IOException {
        var run = SettingsRun.standard(folder, StandIn.writing(StandIn.SETTINGS));

        var captured = run.capture(POOL);

        assertThat(captured.artefacts()).singleElement().extracting("path").isEqualTo(POOL_FILE);
        assertThat(captured.warnings()).isEmpty();
        assertThat(run.arguments())
                .satisfiesExactly(
                        fixed -> assertThat(fixed).isEqualTo("/fixed"),
                        config -> assertThat(config).isEqualTo("/config"),
                        action -> assertThat(action).isEqualTo("/action:export"),
                        level -> assertThat(level).isEqualTo("/level:global,pool"),
                        file -> assertThat(file).startsWith("/configfile:").endsWith("ocs2007-globalandpool.xml"),
                        pool -> assertThat(pool).isEqualTo("/poolname:ocs2007"));
        assertThat(captured.recorded().path("elements").asLong()).isEqualTo(3);
        assertThat(captured.recorded().path("attributes").asLong()).isEqualTo(3);
        assertThat(run.written(POOL_FILE).strip()).isEqualTo(StandIn.SETTINGS);
    }

    @Test
    void exportsTheSettingsOfAServerByItsFullName() {
        var run = SettingsRun.standard(
                folder, StandIn.writing("<Settings level=\"machine\"><Machine>ocs2007.ocs.lab</Machine></Settings>"));

        var captured = run.capture(MACHINE);

        assertThat(captured.artefacts()).singleElement().extracting("path").isEqualTo("settings/ocs2007-machine.xml");
        assertThat(run.arguments()).contains("/level:machine", "/fqdn:ocs2007.ocs.lab");
        assertThat(captured.warnings()).isEmpty();
    }

    @Test
    void tellsServersOfTheSameHostNameApart() {
        var program = StandIn.program(folder, StandIn.writing(StandIn.SETTINGS));
        var run = new SettingsRun(folder, """
                site: ocs-lab
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - name: pool1
                    edition: enterprise
                    servers:
                      - {fqdn: fe1.north.lab, roles: [front-end]}
                      - {fqdn: fe1.south.lab, roles: [front-end]}
                """ + SettingsRun.tools(program));

        assertThat(run.capture("settings:machine/fe1.south.lab").artefacts())
                .singleElement()
                .extracting("path")
                .isEqualTo("settings/fe1.south.lab-machine.xml");
    }

    @Test
    void writesNothingBesideTheArtefact() throws IOException {
        var run = SettingsRun.standard(folder, StandIn.writing(StandIn.SETTINGS) + "echo log > lcscmd.html\n");

        run.capture(POOL);

        try (var files = Files.walk(run.work.attemptFolder())) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .asString()
                    .endsWith(POOL_FILE);
        }
    }

    @Test
    void doesNotBelieveAToolThatEndsWellAndWritesNothing() {
        var run = SettingsRun.standard(folder, "echo all is well");

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("LCSCmd ended with 0 and wrote nothing: all is well");
    }

    @Test
    void doesNotTakeAnEmptyFile() {
        var run = SettingsRun.standard(folder, ": > \"$file\"");

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("empty file");
    }

    @Test
    void warnsWhenTheToolFailsAlthoughItsFileIsGood() {
        var run = SettingsRun.standard(
                folder, StandIn.writing(StandIn.SETTINGS) + "echo 'WMI: a provider complained'\nexit 3\n");

        assertThat(run.capture(POOL).warnings())
                .singleElement()
                .asString()
                .contains("ended with 3", "a provider complained");
    }

    @Test
    void mayTryAgainWhenTheToolFailsWithoutAFile() {
        var run = SettingsRun.standard(folder, "echo 'cannot connect to WMI' >&2\nexit 1");

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOf(TransientFault.class)
                .hasMessageContainingAll("ended with 1", "cannot connect to WMI");
    }

    @Test
    void refusesWhatIsNotWellFormed() {
        var run = SettingsRun.standard(folder, StandIn.writing("<Settings><Pool></Settings>"));

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("not well-formed");
    }

    @Test
    void refusesADocumentTypeDefinitionAndFetchesNothing() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "s3cr3t");
        var run = SettingsRun.standard(
                folder,
                StandIn.writing("<!DOCTYPE a [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><a><b>&e;</b></a>"));

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOf(PermanentFault.class)
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void refusesAPageOfALog() {
        var run = SettingsRun.standard(folder, StandIn.writing("<html><body>failed: ocs2007</body></html>"));

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("<html>");
    }

    @Test
    void warnsWhenTheFileIsOfAnotherPoolOrLevel() {
        var run = SettingsRun.standard(
                folder, StandIn.writing("<Settings level=\"global\"><Pool>other</Pool></Settings>"));

        assertThat(run.capture(POOL).warnings())
                .satisfiesExactly(
                        name -> assertThat(name).contains("ocs2007"),
                        level -> assertThat(level).contains("pool"));
    }

    @Test
    void stopsAToolThatHangsWithAllThatItStarted() throws IOException {
        var run = SettingsRun.standard(folder, "sleep 600 & echo $! > \"$here/child\"\necho waiting\nwait");
        run.work.timeLeft(Duration.ofSeconds(1));

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("did not end in the time");
        assertGone();
    }

    @Test
    void stopsTheToolWhenTheRunIsCancelled() throws IOException {
        var run = SettingsRun.standard(
                folder, "sleep 600 & echo $! > \"$here/child.tmp\"\n" + "mv \"$here/child.tmp\" \"$here/child\"\nwait");
        var capture = CompletableFuture.runAsync(() -> run.capture(POOL));
        await().until(() -> Files.exists(folder.resolve("child")));

        run.work.cancel();

        assertThatThrownBy(capture::join)
                .hasCauseInstanceOf(PermanentFault.class)
                .hasMessageContaining("CANCELLED");
        assertGone();
    }

    private void assertGone() throws IOException {
        var child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void survivesAToolThatPrintsWithoutEnd() {
        var run = SettingsRun.standard(
                folder,
                "head -c 3000000 /dev/zero | tr '\\0' 'x'\necho the end\n" + StandIn.writing(StandIn.SETTINGS)
                        + "exit 2");

        assertThat(run.capture(POOL).warnings())
                .singleElement()
                .asString()
                .endsWith("the end")
                .hasSizeLessThan(500);
    }

    @Test
    void saysWhichKeyIsMissingWhenTheToolIsNotConfigured() {
        var run = new SettingsRun(folder, SettingsRun.STANDARD);

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOfSatisfying(
                        PermanentFault.class, fault -> assertThat(fault.hint()).contains("settings.lcscmd"));
    }

    @Test
    void saysThatTheProgramIsNotThere() {
        var run = new SettingsRun(folder, SettingsRun.STANDARD + SettingsRun.tools(folder.resolve("missing.exe")));

        assertThatThrownBy(() -> run.capture(POOL))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("cannot be started");
    }

    @Test
    void startsNothingForAPoolThatTheSiteFileDoesNotHave() {
        var run = SettingsRun.standard(folder, StandIn.writing(StandIn.SETTINGS));

        assertThatThrownBy(() -> run.capture("settings:global-pool/x /action:import"))
                .isInstanceOf(PermanentFault.class);
        assertThatThrownBy(() -> run.capture("settings:nonsense/ocs2007")).isInstanceOf(PermanentFault.class);
        assertThat(folder.resolve("arguments")).doesNotExist();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Publisher;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.tool.HandOff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What the workflow does around the handlers: a site, a step, a set, its publication. */
final class SettingsRun {
    static final String SET = "2026-11-23T230000Z-nightly-7c1a";
    static final String STANDARD = """
            site: ocs-lab
            product: ocs-2007-r2
            vault: {path: vault}
            pools:
              - name: ocs2007
                edition: standard
                servers: [{fqdn: ocs2007.ocs.lab, roles: [standard-edition]}]
            """;

    final Site site;
    final TestWork work;
    private final Path folder;
    private final Vault vault;

    SettingsRun(Path folder, String yaml) {
        try {
            this.folder = folder;
            this.site = SiteFile.read(Files.writeString(folder.resolve("site.yaml"), yaml));
            this.vault = Vault.of(site);
            this.work = new TestWork(vault.folder(), vault.attempt(SET, "s1-1"), folder.resolve("sandbox"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Standard Edition site whose LCSCmd and dbimpexp is a stand-in. */
    static SettingsRun standard(Path folder, String body) {
        var program = StandIn.program(folder, body);
        return new SettingsRun(folder, STANDARD + tools(program));
    }

    static String tools(Path program) {
        return "settings: {lcscmd: ['%s', /fixed], dbimpexp: ['%s']}\n".formatted(program, program);
    }

    static Step step(String part, Action action, boolean keep) {
        return new Step(
                "run-1",
                "s1",
                1,
                PartId.parse(part),
                action,
                Method.LCSCMD,
                action.effect(),
                "local",
                SET,
                null,
                Level.FULL,
                Depth.RESTORED,
                keep,
                Instant.now().plusSeconds(60),
                "0".repeat(64));
    }

    Captured capture(String part) {
        return (Captured) new CaptureSettings(site, HandOff.NONE).handle(step(part, Action.CAPTURE, false), work);
    }

    Captured captureUserData(String part) {
        return (Captured) new CaptureUserData(site, HandOff.NONE).handle(step(part, Action.CAPTURE, false), work);
    }

    /** The arguments that the stand-in got. */
    List<String> arguments() {
        try {
            return Files.readAllLines(folder.resolve("arguments"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String written(String path) throws IOException {
        return Files.readString(work.attemptFolder().resolve(path), StandardCharsets.UTF_8);
    }

    void publish(String part, Captured captured) {
        var now = Instant.parse("2026-11-23T23:00:00Z");
        var id = PartId.parse(part);
        var held = new Manifest.Part(
                id,
                id.kind(),
                null,
                Disposition.REQUIRED,
                null,
                Method.LCSCMD,
                Outcome.OK,
                null,
                null,
                Level.FULL,
                null,
                captured.artefacts(),
                now,
                now,
                captured.tools(),
                captured.recorded(),
                List.of());
        var manifest = new Manifest(
                SET,
                site.name(),
                "ocs-2007-r2",
                "nightly",
                "run-1",
                true,
                Level.FULL,
                site.hash(),
                now,
                now,
                0,
                List.of(held));
        new Publisher(vault, site).publish(manifest, List.of(new Publisher.Won("s1-1", captured.artefacts())));
    }

    Path published(String path) {
        return vault.set(SET).resolve(path);
    }

    Judged verify(String part) {
        return (Judged) new VerifySettings().handle(step(part, Action.VERIFY, false), work);
    }

    Judged restore(String part, Action action, boolean keep) {
        return (Judged) new RestoreSettings(site).handle(step(part, action, keep), work);
    }
}

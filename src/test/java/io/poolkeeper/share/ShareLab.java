// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Publisher;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A share, a vault and a site file in one folder, and the handlers as the workflow calls them. */
final class ShareLab {
    static final PartId PART = PartId.parse("share:meetings");

    final Path folder;
    final Path share;
    final Site site;
    final Vault vault;
    private final SegmentLimits limits;
    private Clock clock = Clock.systemUTC();
    private int sets;

    /** What a capture left: the id of its set, and what it says. */
    record Taken(String set, Captured output) {
        Recorded recorded() {
            return Json.as(output.recorded(), Recorded.class);
        }
    }

    ShareLab(Path folder) {
        this(folder, SegmentLimits.STANDARD);
    }

    ShareLab(Path folder, SegmentLimits limits) {
        this(folder, limits, folder.resolve("share"), "path: share");
    }

    /** The share of a file server. */
    static ShareLab of(Path folder, SambaServer server, String url, String user, String password) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("secret"), password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ShareLab(
                folder,
                SegmentLimits.STANDARD,
                server.share(),
                "url: '%s', user: '%s', password: 'file:secret'".formatted(url, user));
    }

    private ShareLab(Path folder, SegmentLimits limits, Path share, String reached) {
        this.folder = folder;
        this.share = share;
        this.limits = limits;
        try {
            Files.createDirectories(share);
            Files.writeString(folder.resolve("site.yaml"), """
                    site: lab
                    product: ocs-2007-r2
                    timeZone: Europe/Amsterdam
                    vault: {path: vault}
                    pools:
                      - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                    shares:
                      meetings: {%s, role: meeting-content, pool: pool}
                    """.formatted(reached));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.site = SiteFile.read(folder.resolve("site.yaml"));
        this.vault = Vault.of(site);
    }

    Path file(String path, String text) {
        return file(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Path file(String path, byte[] bytes) {
        try {
            var file = share.resolve(path);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it is so much later. */
    void later(Duration by) {
        clock = Clock.offset(clock, by);
    }

    Taken full() {
        return capture(Level.FULL, null);
    }

    Taken since(Taken base) {
        return capture(Level.INCREMENTAL, base.set());
    }

    /** Captures and publishes. */
    Taken capture(Level level, @Nullable String base) {
        var set = "set-" + ++sets;
        var step = step(Action.CAPTURE, set, base, level, Depth.CONTENT, false);
        return publish(step, captureOnly(step, work(step)));
    }

    Captured captureOnly(Step step, TestWork work) {
        return (Captured) new CaptureShare(site, limits, clock).handle(step, work);
    }

    Taken publish(Step step, Captured captured) {
        var now = Instant.now();
        var part = new Manifest.Part(
                PART,
                Kind.SHARE,
                "meeting-content",
                Disposition.REQUIRED,
                null,
                Method.ARCHIVE,
                captured.warnings().isEmpty() ? Outcome.OK : Outcome.WARNING,
                null,
                null,
                captured.level(),
                captured.base(),
                captured.artefacts(),
                now,
                now,
                captured.tools(),
                captured.recorded(),
                List.of());
        var manifest = new Manifest(
                step.requiredSet(),
                site.name(),
                "ocs-2007-r2",
                "nightly",
                step.run(),
                true,
                step.level(),
                site.hash(),
                now,
                now,
                0,
                List.of(part));
        new Publisher(vault, site)
                .publish(manifest, List.of(new Publisher.Won(step.attemptName(), captured.artefacts())));
        return new Taken(step.requiredSet(), captured);
    }

    Judged verify(Taken taken) {
        var step = step(Action.VERIFY, taken.set(), null, Level.FULL, Depth.CONTENT, false);
        return (Judged) new VerifyShare().handle(step, work(step));
    }

    /** A drill that leaves nothing behind. */
    Judged drill(Taken taken) {
        var step = step(Action.DRILL, taken.set(), null, Level.FULL, Depth.RESTORED, false);
        return (Judged) new RestoreShare().handle(step, work(step));
    }

    Judged restore(Taken taken, Path sandbox) {
        var step = step(Action.RESTORE, taken.set(), null, Level.FULL, Depth.RESTORED, true);
        var work = new TestWork(vault.folder(), folder.resolve("nowhere"), sandbox);
        return (Judged) new RestoreShare().handle(step, work);
    }

    /** Restores what fits a pattern. */
    Judged restore(Taken taken, Path sandbox, String pattern) {
        return restore(taken, sandbox, pattern, Place.BESIDE);
    }

    /** Restores over what is there. */
    Judged overwrite(Taken taken, Path sandbox, @Nullable String pattern) {
        return restore(taken, sandbox, pattern, Place.OVERWRITE);
    }

    private Judged restore(Taken taken, Path sandbox, @Nullable String pattern, Place place) {
        var all = step(Action.RESTORE, taken.set(), null, Level.FULL, Depth.RESTORED, true);
        var step = new Step(
                all.run(),
                all.step(),
                all.attempt(),
                all.part(),
                all.action(),
                all.method(),
                all.effect(),
                all.worker(),
                all.set(),
                all.base(),
                all.level(),
                all.depth(),
                all.keep(),
                all.notAfter(),
                all.siteHash(),
                place,
                null,
                pattern);
        return (Judged)
                new RestoreShare().handle(step, new TestWork(vault.folder(), folder.resolve("nowhere"), sandbox));
    }

    Step captureStep(Level level, @Nullable String base) {
        return step(Action.CAPTURE, "set-" + ++sets, base, level, Depth.CONTENT, false);
    }

    TestWork work(Step step) {
        return new TestWork(
                vault.folder(), vault.attempt(step.requiredSet(), step.attemptName()), folder.resolve("sandbox"));
    }

    /** The lines of a list, without the first. */
    List<String> lines(Taken taken) {
        try (var in = new GZIPInputStream(Files.newInputStream(artefact(taken, FileList.path(PART))))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path artefact(Taken taken, String path) {
        return vault.set(taken.set()).resolve(path);
    }

    private Step step(Action action, String set, @Nullable String base, Level level, Depth depth, boolean keep) {
        return new Step(
                "run-1",
                action.word() + "-" + set,
                1,
                PART,
                action,
                Method.ARCHIVE,
                action.effect(),
                Site.LOCAL,
                set,
                base,
                level,
                depth,
                keep,
                Instant.now().plusSeconds(3600),
                site.hash());
    }
}

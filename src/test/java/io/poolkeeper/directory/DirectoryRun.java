// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Publisher;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the workflow does around the handlers: a step, a set, its publication. */
final class DirectoryRun {
    static final String SET = "2026-11-23T230000Z-nightly-7c1a";
    private static final PartId PART = new PartId(Kind.DIRECTORY, "ocs");

    final Vault vault;
    final TestWork work;
    private final Site site;

    DirectoryRun(Path folder, Site site) {
        this.site = site;
        this.vault = Vault.of(site);
        this.work = new TestWork(
                vault.folder(),
                vault.attempt(SET, step(Action.CAPTURE, false).attemptName()),
                folder.resolve("sandbox"));
    }

    static Step step(Action action, boolean keep) {
        return step(PART, action, keep);
    }

    static Step step(PartId part, Action action, boolean keep) {
        return new Step(
                "run-1",
                "s1",
                1,
                part,
                action,
                Method.LDIF,
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

    Captured capture() {
        return (Captured) new CaptureDirectory(site).handle(step(Action.CAPTURE, false), work);
    }

    void publish(Captured captured) {
        var now = Instant.parse("2026-11-23T23:00:00Z");
        var part = new Manifest.Part(
                PART,
                Kind.DIRECTORY,
                null,
                Disposition.REQUIRED,
                null,
                Method.LDIF,
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
                List.of(part));
        new Publisher(vault, site).publish(manifest, List.of(new Publisher.Won("s1-1", captured.artefacts())));
    }

    Judged verify() {
        return (Judged) new VerifyDirectory().handle(step(Action.VERIFY, false), work);
    }

    Judged restore(Action action, boolean keep) {
        return (Judged) new RestoreDirectory(site).handle(step(action, keep), work);
    }

    /** The entries of an artefact in the attempt's folder. */
    List<Entry> written(String path) throws LdifFile.Damaged {
        var entries = new ArrayList<Entry>();
        LdifFile.read(work.attemptFolder().resolve(path), work, entries::add);
        return entries;
    }

    /** One of them. */
    Entry written(String path, String dn) throws LdifFile.Damaged {
        return written(path).stream()
                .filter(entry -> entry.getDN().equals(dn))
                .findFirst()
                .orElseThrow();
    }
}

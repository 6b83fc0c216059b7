// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Publisher.Won;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.TestWork;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One observed part from the step that looks at it to the set that tells of it, as the workflow does it. */
public final class ObservedRun {
    private final Site site;
    private final PartId part;
    private final Method method;
    private int sets;

    /** Runs over a part of a site. */
    public ObservedRun(Site site, String part) {
        this(site, part, Method.OBSERVED);
    }

    /** Runs over a part that is captured another way and does not come into the vault. */
    public ObservedRun(Site site, String part, Method method) {
        this.site = site;
        this.part = PartId.parse(part);
        this.method = method;
    }

    /** The folder of the site in the vault. */
    public Vault vault() {
        return Vault.of(site);
    }

    /** The step of an action, on the newest set. */
    public Step step(Action action) {
        return new Step(
                "run-1",
                action.word() + "-01",
                1,
                part,
                action,
                method,
                action.effect(),
                Site.LOCAL,
                "set-" + sets,
                null,
                Level.FULL,
                Depth.CONTENT,
                false,
                Instant.now().plusSeconds(60),
                site.hash());
    }

    /** What the step works with. */
    public TestWork work() {
        return new TestWork(
                vault().folder(),
                vault().folder().resolve("attempt"),
                vault().folder().resolve("sandbox"));
    }

    /** The same answer of a handler, published as a set of its own. */
    public Manifest.Part published(Captured captured) {
        sets++;
        var now = Instant.now();
        var held = new Manifest.Part(
                part,
                part.kind(),
                null,
                Disposition.REQUIRED,
                "a test",
                method,
                Outcome.OK,
                null,
                null,
                captured.level(),
                null,
                captured.artefacts(),
                now,
                now,
                Map.of(),
                captured.recorded(),
                List.of());
        var manifest = new Manifest(
                "set-" + sets,
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
        new Publisher(vault(), site).publish(manifest, List.of(new Won("capture-01-1", captured.artefacts())));
        return held;
    }

    /** What a handler finds in the newest set. */
    public Judged judged(StepHandler handler, Action action) {
        return (Judged) handler.handle(step(action), work());
    }
}

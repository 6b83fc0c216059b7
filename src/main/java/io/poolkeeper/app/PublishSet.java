// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.run.ManifestOf;
import io.poolkeeper.run.Runs;
import io.poolkeeper.set.Publisher;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;

/** Publishes a set from what the run store knows of its run; always on the coordinator. Bean {@code publishSet}. */
public final class PublishSet implements StepHandler {
    private final Site site;
    private final Vault vault;
    private final Runs runs;

    PublishSet(Site site, Vault vault, Runs runs) {
        this.site = site;
        this.vault = vault;
        this.runs = runs;
    }

    @Override
    public Output handle(Step step, Work work) {
        var run = runs.find(step.run())
                .orElseThrow(() -> new PermanentFault(
                        "nobody knows run " + step.run(), "this is an error of Poolkeeper: report it"));
        var made = new ManifestOf(site, run, runs.finalResults(run.id()));
        var manifest = made.manifest(runs.expectations(run.id()));
        work.checkCancelled();
        var bytes = new Publisher(vault, site).publish(manifest, made.winners());
        return new Output.Published(manifest.set(), bytes);
    }
}

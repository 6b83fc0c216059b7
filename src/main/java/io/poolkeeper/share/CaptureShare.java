// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Release;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * Captures a share by the method {@code archive}: everything, or what is new since a base. The folder comes from the
 * worker's own site file, never from the message.
 *
 * <p>A file that cannot be read makes the part a WARNING and stands in the list as unreadable; a share that is missing, or
 * suddenly empty, makes it FAILED: an unmounted share must never look like one from which all was deleted.
 */
public final class CaptureShare implements StepHandler {
    private final Site site;
    private final SegmentLimits limits;

    /** Captures shares of a site. */
    public CaptureShare(Site site) {
        this(site, SegmentLimits.STANDARD);
    }

    CaptureShare(Site site, SegmentLimits limits) {
        this.site = site;
        this.limits = limits;
    }

    @Override
    public Output handle(Step step, Work work) {
        var tree = tree(step);
        var vault = new Vault(work.vault());
        var walk = new Walk(tree, Exclusions::cover);
        var earlier = earlier(vault, step, walk.foundNothing());
        if (walk.foundNothing()) {
            refuseIfItHeld(tree.name(), earlier);
        }
        try (var base = Base.open(vault, step)) {
            var capture = new Capture(
                    tree,
                    base,
                    new StoredSegments(vault, step.part()),
                    step,
                    work,
                    earlier.map(Recorded::bytes).orElse(0L));
            return captured(base, capture.take(walk, site.zone(), limits));
        }
    }

    private static void refuseIfItHeld(String share, Optional<Recorded> earlier) {
        if (earlier.isPresent() && earlier.get().heldSomething()) {
            throw new PermanentFault(
                    share + " is empty, but held " + earlier.get().files() + " files before: it looks unmounted",
                    "mount the share; if it is meant to be empty, put a file into it that says so");
        }
    }

    private FileTree tree(Step step) {
        var key = step.part().name();
        var folder = ShareFolders.find(site, key)
                .orElseThrow(() -> new PermanentFault(
                        "this worker's site file has no share " + key, "give all workers the same site file"));
        folder.obstacle().ifPresent(cause -> {
            throw new PermanentFault("share " + key + ": " + cause, "correct the site file");
        });
        return new LocalTree(folder.path().orElseThrow());
    }

    /** What the newest set recorded of the share; a damaged manifest must not stop the next backup. */
    private static Optional<Recorded> earlier(Vault vault, Step step, boolean mustKnow) {
        try {
            var set = vault.newestWith(step.part());
            if (set.isEmpty()) {
                return Optional.empty();
            }
            return vault.manifest(set.get())
                    .part(step.part())
                    .flatMap(part -> Optional.ofNullable(part.recorded()))
                    .map(tree -> Json.as(tree, Recorded.class));
        } catch (IOException e) {
            throw new TransientFault("cannot read the vault: " + Faults.text(e), "check the vault's volume", e);
        } catch (MalformedDocument e) {
            if (!mustKnow) {
                return Optional.empty();
            }
            throw new PermanentFault(
                    step.part() + " is empty, and the vault does not say what it held: " + e.getMessage(),
                    "verify the sets of this site",
                    e);
        }
    }

    private static Output.Captured captured(Base base, Capture.Result result) {
        var warnings = new ArrayList<>(base.warnings());
        warnings.addAll(result.warnings());
        return new Output.Captured(
                result.artefacts(),
                Json.node(result.recorded()),
                Map.of(
                        "poolkeeper",
                        Release.version(),
                        "java",
                        Runtime.version().toString()),
                base.level(),
                base.set(),
                warnings);
    }
}

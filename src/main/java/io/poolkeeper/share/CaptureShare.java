// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.Release;
import io.poolkeeper.set.StoredChain;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.time.Clock;
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
    private final Clock clock;

    /** Captures shares of a site. */
    public CaptureShare(Site site) {
        this(site, SegmentLimits.STANDARD, Clock.systemUTC());
    }

    /**
     * Captures shares of a site.
     *
     * @param clock tells when all files are to be read again
     */
    CaptureShare(Site site, SegmentLimits limits, Clock clock) {
        this.site = site;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        try (var tree = tree(step)) {
            return from(tree, step, work);
        }
    }

    /** Captures what a tree shows of the share. */
    Output.Captured from(FileTree tree, Step step, Work work) {
        var vault = new Vault(work.vault());
        var walk = new Walk(tree, Exclusions::cover);
        var earlier = earlier(vault, step, walk.foundNothing());
        if (walk.foundNothing()) {
            refuseIfItHeld(tree.name(), earlier);
        }
        try (var base = Base.open(vault, step, clock.instant())) {
            var capture = new Capture(
                    tree,
                    base,
                    new StoredSegments(vault, step.part()),
                    step,
                    work,
                    earlier.map(known -> known.newest().bytes()).orElse(0L));
            return captured(base, earlier, capture.take(walk, site.zone(), limits));
        }
    }

    private static void refuseIfItHeld(String share, Optional<Earlier> earlier) {
        if (earlier.isPresent() && earlier.get().newest().heldSomething()) {
            throw new PermanentFault(
                    share + " is empty, but held " + earlier.get().newest().files()
                            + " files before: it looks unmounted",
                    "mount the share; if it is meant to be empty, put a file into it that says so");
        }
    }

    private FileTree tree(Step step) {
        var key = step.part().name();
        var folder = ShareFolders.find(site, key)
                .orElseThrow(() -> new PermanentFault(
                        "this worker's site file has no share " + key, "give all workers the same site file"));
        return Trees.of(site, folder);
    }

    /**
     * What the vault knows of the share.
     *
     * @param set the newest set that holds it
     * @param full what the full capture recorded that the newest builds on
     */
    private record Earlier(String set, Recorded newest, Recorded full) {}

    /** A damaged manifest must not stop the next backup. */
    private static Optional<Earlier> earlier(Vault vault, Step step, boolean mustKnow) {
        try {
            var set = vault.newestWith(step.part());
            if (set.isEmpty()) {
                return Optional.empty();
            }
            var manifest = vault.manifest(set.get());
            var held = manifest.part(step.part());
            if (held.isEmpty() || held.get().recorded() == null) {
                return Optional.empty();
            }
            var chain = StoredChain.of(new StoredPart(vault, vault.set(set.get()), manifest, held.get()));
            return Optional.of(new Earlier(
                    set.get(), Recorded.of(held.get()), Recorded.of(chain.get(0).part())));
        } catch (IOException e) {
            throw new TransientFault("cannot read the vault: " + Faults.text(e), "check the vault's volume", e);
        } catch (MalformedDocument | StoredChain.Broken e) {
            if (!mustKnow) {
                return Optional.empty();
            }
            throw new PermanentFault(
                    step.part() + " is empty, and the vault does not say what it held: " + e.getMessage(),
                    "verify the sets of this site",
                    e);
        }
    }

    private static Output.Captured captured(Base base, Optional<Earlier> earlier, Capture.Result result) {
        var warnings = new ArrayList<>(base.warnings());
        warnings.addAll(result.warnings());
        earlier.ifPresent(known ->
                warnings.addAll(Guards.warnings(known.newest(), known.full(), known.set(), result.recorded())));
        var recorded = (ObjectNode) Json.node(result.recorded());
        base.tell(recorded);
        if (!result.recorded().notPreserved().isEmpty()) {
            recorded.put("notPreserved", result.recorded().notPreserved());
        }
        return new Output.Captured(
                result.artefacts(),
                recorded,
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

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restores the state of a share at the time of a set into the sandbox, from all the sets that its list names, and
 * compares what lies there with what was recorded at capture. A file that is damaged never gets its name; nothing that
 * exists is overwritten unless the step says so; nothing is written outside the sandbox. A drill deletes the sandbox unless it is to be kept.
 */
public final class RestoreShare implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        var sandbox = new Sandbox(work.sandbox(), step.place() == Place.OVERWRITE);
        sandbox.prepare();
        var keep = step.action() == Action.RESTORE || step.keep();
        Judged judged;
        try {
            judged = restore(step, work, sandbox);
        } catch (RuntimeException e) {
            var left = clean(sandbox, keep);
            if (left != null) {
                e.addSuppressed(new IOException(left));
            }
            throw e;
        }
        return at(judged, keep ? sandbox.root().toString() : null, clean(sandbox, keep));
    }

    private static Judged restore(Step step, Work work, Sandbox sandbox) {
        var vault = new Vault(work.vault());
        var set = step.requiredSet();
        try {
            var manifest = vault.manifest(set);
            var part = manifest.part(step.part()).filter(Manifest.Part::captured);
            if (part.isEmpty()) {
                return unknown("the set holds nothing of " + step.part());
            }
            var stored = new StoredPart(vault, vault.set(set), manifest, part.get());
            var damages = PartCheck.againstLedger(stored);
            return damages.isEmpty() ? restore(stored, step, sandbox, work) : suspect(damages);
        } catch (MalformedDocument e) {
            return unknown("the set's manifest or ledger is damaged: " + e.getMessage());
        } catch (IOException e) {
            return unknown("cannot be read: " + Faults.text(e));
        }
    }

    /** A drill deletes what it restored, with its access lists. */
    private static Judged restore(StoredPart stored, Step step, Sandbox sandbox, Work work) throws IOException {
        var judged = new ShareRestore(stored, step.path(), sandbox, work).run();
        return step.action() == Action.RESTORE && judged.verdict() == Verdict.PROVEN
                ? warned(judged, AccessLists.restore(stored, step.path(), sandbox.root()))
                : judged;
    }

    private static Judged warned(Judged judged, Optional<String> warning) {
        return at(judged, judged.where(), warning.orElse(null));
    }

    /** What could not be deleted; null if all is as it should be. */
    private static @Nullable String clean(Sandbox sandbox, boolean keep) {
        try {
            if (keep) {
                sandbox.tidy();
            } else {
                sandbox.delete();
            }
            return null;
        } catch (IOException e) {
            return "the sandbox " + sandbox.root() + " could not be cleaned up: " + Faults.text(e);
        }
    }

    private static Judged at(Judged judged, @Nullable String where, @Nullable String warning) {
        var warnings = new ArrayList<>(judged.warnings());
        if (warning != null) {
            warnings.add(warning);
        }
        return new Judged(
                judged.verdict(), judged.depth(), judged.damages(), judged.reason(), judged.bytes(), where, warnings);
    }

    private static Judged suspect(List<Damage> damages) {
        return new Judged(Verdict.SUSPECT, Depth.MEDIA, damages, null, 0, null);
    }

    private static Judged unknown(String reason) {
        return new Judged(Verdict.UNKNOWN, Depth.RESTORED, List.of(), reason, 0, null);
    }
}

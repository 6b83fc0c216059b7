// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.MediaCheck;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts back the files that the company's own command left, where the set holds them, and compares them with what was recorded. If
 * they are copies of the part's own files that is a restore; else what is in them its product alone can restore, and a drill proves
 * nothing. Where the set holds none it says where they lie.
 */
public final class RestoreByCommand implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        try {
            var vault = new Vault(work.vault());
            var set = vault.set(step.requiredSet());
            var part = vault.manifest(step.requiredSet()).part(step.part());
            if (part.isEmpty() || !part.get().captured()) {
                return new RestoreObserved().handle(step, work);
            }
            var media = MediaCheck.of(set, part.get().artefacts(), work);
            if (!media.good()) {
                var verdict = media.damages().isEmpty() ? Verdict.UNKNOWN : Verdict.SUSPECT;
                return new Judged(verdict, Depth.MEDIA, media.damages(), media.unknown(), media.bytes(), null);
            }
            var recorded = part.get().recorded();
            var copies = recorded != null && recorded.path("copies").asBoolean(false);
            return step.action() == Action.DRILL && !copies
                    ? new Judged(
                            Verdict.UNKNOWN,
                            Depth.MEDIA,
                            List.of(),
                            "the set holds its files as " + who(part.get())
                                    + " left them; what is in them its product alone can restore",
                            media.bytes(),
                            null)
                    : restored(step, set, part.get(), copies, work);
        } catch (IOException | MalformedDocument e) {
            return new Judged(
                    Verdict.UNKNOWN,
                    Depth.MEDIA,
                    List.of(),
                    "the set " + step.requiredSet() + " cannot be used: " + e.getMessage(),
                    0,
                    null);
        }
    }

    private static String who(Manifest.Part part) {
        return part.method() == Method.COMMAND ? "the company's own command" : "the domain controller's own tool";
    }

    private static Judged restored(Step step, Path set, Manifest.Part part, boolean copies, Work work) {
        var folder = work.sandbox();
        var stays = step.action() == Action.RESTORE || step.keep();
        try {
            if (Files.exists(folder)) {
                throw new PermanentFault(
                        folder + " is there already", "restore into an empty folder, or delete it first");
            }
            var damages = new ArrayList<Damage>();
            var bytes = 0L;
            for (var artefact : part.artefacts()) {
                work.checkCancelled();
                var path = Path.of(artefact.path());
                var target = folder.resolve(path.subpath(2, path.getNameCount()).toString());
                Disk.createFolders(Disk.parent(target));
                Files.copy(set.resolve(path), target);
                bytes += artefact.size();
                work.progress(bytes, 0, "bytes");
                if (!Hashes.sha256(target).equals(artefact.sha256())) {
                    damages.add(new Damage(target.toString(), "is not what was captured"));
                }
            }
            if (!stays) {
                Disk.delete(folder);
            }
            return new Judged(
                    damages.isEmpty() ? Verdict.PROVEN : Verdict.SUSPECT,
                    copies ? Depth.RESTORED : Depth.MEDIA,
                    damages,
                    null,
                    bytes,
                    stays ? folder.toString() : null,
                    copies
                            ? List.of()
                            : List.of("its files are in " + folder + " as " + who(part)
                                    + " left them; what is in them its product alone can restore"));
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }
}

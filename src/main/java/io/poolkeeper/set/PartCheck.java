// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a set holds of one part: first whether manifest and ledger agree, then the bytes ({@code media}), then
 * whatever the part's kind adds ({@code content}). Each level is looked at only if the one before speaks for it.
 */
public final class PartCheck {
    private PartCheck() {}

    /**
     * What a set holds of a part.
     *
     * @param vault the site's folder in the vault
     * @param setFolder the set's folder
     */
    public record StoredPart(Vault vault, Path setFolder, Manifest manifest, Manifest.Part part) {}

    /** What a kind finds when it reads its artefacts as a restore would. */
    public interface Content {
        /**
         * Reads them.
         *
         * @throws io.poolkeeper.step.StepFault if it cannot be checked, which makes the verdict UNKNOWN
         */
        Finding check(StoredPart stored);
    }

    /**
     * The result of a deeper look.
     *
     * @param damages evidence of damage
     * @param unknown why it could not be concluded; null if it could
     * @param depth how deep it got
     * @param warnings what somebody should read although it is neither damage nor doubt
     */
    public record Finding(List<Damage> damages, @Nullable String unknown, Depth depth, List<String> warnings) {
        /** One of depth {@code content} without warnings. */
        public Finding(List<Damage> damages, @Nullable String unknown) {
            this(damages, unknown, Depth.CONTENT, List.of());
        }

        /** Nothing speaks against it. */
        public static final Finding GOOD = new Finding(List.of(), null);
    }

    /** Judges a part at the depth that the step asks for, at most {@code content}. */
    public static Judged judge(Step step, Work work, Content content) {
        var vault = new Vault(work.vault());
        var damages = new ArrayList<Damage>();
        try {
            var manifest = vault.manifest(step.requiredSet());
            var part = manifest.part(step.part()).orElse(null);
            if (part == null || !part.held()) {
                return unknown(Depth.MEDIA, "the set holds nothing of " + step.part(), 0);
            }
            var stored = new StoredPart(vault, vault.set(step.requiredSet()), manifest, part);
            damages.addAll(againstLedger(stored));
            var media = MediaCheck.of(stored.setFolder(), part.artefacts(), work);
            damages.addAll(media.damages());
            if (!damages.isEmpty()) {
                return new Judged(Verdict.SUSPECT, Depth.MEDIA, damages, media.unknown(), media.bytes(), null);
            }
            if (media.unknown() != null) {
                return unknown(Depth.MEDIA, media.unknown(), media.bytes());
            }
            // of what lies elsewhere there are no bytes in the vault: only its content can be looked at
            return step.depth() == Depth.MEDIA && part.captured()
                    ? new Judged(Verdict.PROVEN, Depth.MEDIA, List.of(), null, media.bytes(), null)
                    : deeper(stored, content, media.bytes());
        } catch (MalformedDocument e) {
            return unknown(Depth.MEDIA, "the set's manifest or ledger is damaged: " + e.getMessage(), 0);
        } catch (IOException e) {
            return unknown(Depth.MEDIA, "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage(), 0);
        }
    }

    private static Judged deeper(StoredPart stored, Content content, long bytes) {
        Finding finding;
        try {
            finding = content.check(stored);
        } catch (io.poolkeeper.step.StepFault e) {
            finding = new Finding(List.of(), e.getMessage());
        }
        if (!finding.damages().isEmpty()) {
            return judged(Verdict.SUSPECT, finding, bytes);
        }
        return judged(finding.unknown() == null ? Verdict.PROVEN : Verdict.UNKNOWN, finding, bytes);
    }

    private static Judged judged(Verdict verdict, Finding finding, long bytes) {
        return new Judged(
                verdict, finding.depth(), finding.damages(), finding.unknown(), bytes, null, finding.warnings());
    }

    /**
     * Whether manifest and ledger agree about a part: what a restore looks at before it believes a manifest.
     *
     * @return what they disagree about
     * @throws IOException if the ledger cannot be read
     * @throws MalformedDocument if the ledger is damaged
     */
    public static List<Damage> againstLedger(StoredPart stored) throws IOException {
        var line = stored.vault().ledger().entry(stored.manifest().set());
        var part = stored.part().part();
        var known = line.map(entry -> entry.line().parts().get(part)).orElse(null);
        if (known == null) {
            return List.of(new Damage("sets.jsonl", "knows nothing of " + part + " in this set"));
        }
        return known.equals(stored.part().digest())
                ? List.of()
                : List.of(new Damage(Manifest.FILE, "its hashes of " + part + " are not those that the ledger knows"));
    }

    private static Judged unknown(Depth depth, @Nullable String reason, long bytes) {
        return new Judged(Verdict.UNKNOWN, depth, List.of(), reason, bytes, null);
    }
}

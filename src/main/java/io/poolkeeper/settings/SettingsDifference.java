// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Changes;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How exported settings differ from what a set holds of the same part. */
public final class SettingsDifference {
    private SettingsDifference() {}

    /** What a set holds is not what was captured. */
    public static final class NotComparable extends Exception {
        private NotComparable(String message) {
            super(message);
        }
    }

    /**
     * What has changed from one set to another, a line each.
     *
     * @throws NotComparable if one of them is damaged
     * @throws StepFault if one of them holds no export by LCSCmd
     * @throws IOException if the vault cannot be read
     * @throws MalformedDocument if a manifest is damaged
     */
    public static List<String> between(Vault vault, PartId part, String before, String now)
            throws NotComparable, IOException {
        return lines(stored(vault, part, before), stored(vault, part, now));
    }

    /**
     * What would change if a set's export were what is now in a file: the lines lead from the file to the set.
     *
     * @throws NotComparable if the set is damaged
     * @throws StepFault if it holds no export by LCSCmd
     * @throws IOException if the vault or the file cannot be read
     * @throws MalformedDocument if the manifest is damaged
     */
    static List<String> toSet(Vault vault, PartId part, String set, Path file) throws NotComparable, IOException {
        return lines(file, stored(vault, part, set));
    }

    private static List<String> lines(Path before, Path now) throws NotComparable, IOException {
        try {
            return XmlDifference.of(XmlTree.of(before), XmlTree.of(now));
        } catch (XmlReading.Malformed e) {
            throw new NotComparable("one of the two exports " + e.what());
        }
    }

    /** The file of a part, whose bytes are those that were captured. */
    private static Path stored(Vault vault, PartId part, String set) throws NotComparable, IOException {
        var held = vault.manifest(set)
                .part(part)
                .filter(Manifest.Part::captured)
                .filter(found -> found.method() == Method.LCSCMD)
                .orElseThrow(() -> new PermanentFault(
                        "set " + set + " holds no export of " + part + " by LCSCmd", "'list' shows the sets"));
        var artefact = held.artefacts().get(0);
        var file = vault.set(set).resolve(artefact.path());
        if (!Hashes.sha256(file).equals(artefact.sha256())) {
            throw new NotComparable("set " + set + " is damaged: " + artefact.path() + " is not what was captured");
        }
        return file;
    }

    /** Adds to a capture what has changed since the newest set that holds the part; nothing if none does. */
    static Captured sinceLastSet(PartId part, Captured captured, Work work) {
        var vault = new Vault(work.vault());
        var before = "";
        try {
            var newest = vault.newestWith(part);
            if (newest.isEmpty()) {
                return captured;
            }
            before = newest.get();
            var now = work.attemptFolder().resolve(captured.artefacts().get(0).path());
            return with(captured, Changes.of(before, lines(stored(vault, part, before), now)));
        } catch (NotComparable | StepFault | IOException | MalformedDocument e) {
            return with(captured, Changes.unknown(before, String.valueOf(e.getMessage())));
        }
    }

    private static Captured with(Captured captured, Changes changes) {
        var recorded = (ObjectNode) captured.recorded().deepCopy();
        changes.addTo(recorded);
        return new Captured(
                captured.artefacts(),
                recorded,
                captured.tools(),
                captured.level(),
                captured.base(),
                captured.warnings());
    }
}

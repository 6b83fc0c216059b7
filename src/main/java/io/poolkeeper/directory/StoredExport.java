// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.directory.Recorded.LdifFacts;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.PermanentFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of an export in a set, each with what the manifest recorded of it. */
final class StoredExport {
    private final StoredPart stored;
    private final Recorded recorded;

    /** How one file is read. */
    interface Reading {
        /**
         * Reads a file.
         *
         * @return the sum of the entries found
         * @throws LdifFile.Damaged if it cannot be made sense of
         */
        EntrySum of(Path file, String path, LdifFacts facts) throws LdifFile.Damaged;
    }

    /**
     * The export of a part.
     *
     * @throws PermanentFault if the manifest recorded nothing to compare with
     */
    StoredExport(StoredPart stored) {
        this.stored = stored;
        this.recorded = recorded(stored);
    }

    private static Recorded recorded(StoredPart stored) {
        try {
            var recorded = stored.part().recorded();
            if (recorded != null && recorded.path("files").isObject()) {
                return Json.as(recorded, Recorded.class);
            }
        } catch (MalformedDocument e) {
            // said below
        }
        throw new PermanentFault(
                "the manifest recorded nothing of " + stored.part().part() + " that could be compared",
                "was the set made by a newer release?");
    }

    /** Distinguished names of the containers that were exported with all below. */
    List<String> containers() {
        return recorded.containers();
    }

    /** Reads every file, and compares what is found with what was recorded. */
    Finding compare(Reading reading) {
        var damages = new ArrayList<Damage>();
        for (var artefact : stored.part().artefacts()) {
            var facts = recorded.files().get(artefact.path());
            if (facts == null) {
                damages.add(new Damage(artefact.path(), "the manifest recorded nothing of it"));
            } else {
                compare(reading, artefact.path(), facts, damages);
            }
        }
        recorded.files().keySet().stream()
                .filter(path -> stored.part().artefacts().stream()
                        .noneMatch(artefact -> artefact.path().equals(path)))
                .forEach(path -> damages.add(new Damage(path, "was recorded and is not in the set")));
        return new Finding(damages, null);
    }

    private void compare(Reading reading, String path, LdifFacts facts, List<Damage> damages) {
        try {
            var found = reading.of(stored.setFolder().resolve(path), path, facts);
            if (found.entries() != facts.entries()) {
                damages.add(new Damage(
                        path, "holds %d entries, recorded are %d".formatted(found.entries(), facts.entries())));
            } else if (!found.hex().equals(facts.digest())) {
                damages.add(new Damage(path, "its entries are not those that were captured"));
            }
        } catch (LdifFile.Damaged e) {
            damages.add(new Damage(path, e.what()));
        }
    }
}

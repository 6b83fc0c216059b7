// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The XML file of a part in a set, with what the manifest recorded of it. */
final class StoredXml {
    private StoredXml() {}

    /** Where the file is read. */
    interface Place {
        /**
         * Gives the file to read.
         *
         * @param artefact its path within the set
         * @param stored where it lies in the vault
         * @throws IOException if it cannot be brought there
         */
        Path of(String artefact, Path stored) throws IOException;
    }

    /**
     * Reads the file, and compares what it says with what was recorded.
     *
     * @throws io.poolkeeper.step.StepFault if that cannot be concluded
     */
    static Finding compare(StoredPart stored, Place place) {
        var recorded = recorded(stored);
        var artefact = stored.part().artefacts().get(0).path();
        var file = stored.setFolder().resolve(artefact);
        try {
            var found = XmlReading.of(place.of(artefact, file), List.of()).facts();
            return found.equals(recorded)
                    ? Finding.GOOD
                    : new Finding(List.of(new Damage(artefact, difference(found, recorded))), null);
        } catch (XmlReading.Malformed e) {
            return new Finding(List.of(new Damage(artefact, e.what())), null);
        } catch (IOException e) {
            throw new TransientFault(
                    file + " cannot be read: " + e.getMessage(), "check the vault's volume and permissions", e);
        }
    }

    private static XmlFacts recorded(StoredPart stored) {
        try {
            var recorded = stored.part().recorded();
            if (recorded != null && recorded.path("sha256").isTextual()) {
                return Json.as(recorded, XmlFacts.class);
            }
        } catch (MalformedDocument e) {
            // said below
        }
        throw new PermanentFault(
                "the manifest recorded nothing of " + stored.part().part() + " that could be compared",
                "was the set made by a newer release?");
    }

    private static String difference(XmlFacts found, XmlFacts recorded) {
        if (found.elements() != recorded.elements() || found.attributes() != recorded.attributes()) {
            return "holds %d elements with %d attributes, recorded are %d with %d"
                    .formatted(found.elements(), found.attributes(), recorded.elements(), recorded.attributes());
        }
        return "its values are not those that were captured";
    }
}

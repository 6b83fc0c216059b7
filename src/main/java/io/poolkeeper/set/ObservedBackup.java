// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.MalformedDocument;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A backup that another product or the company's own command made and keeps, or an image of Windows Server Backup: what a set records of it in place of
 * artefacts.
 *
 * @param finished when it was finished, by our clock; what a restore of it leads back to
 * @param who made it, for a person
 * @param where it lies, for a person
 */
public record ObservedBackup(Instant finished, String who, String where) {
    /** How parts are captured of which the vault may hold no copy. */
    private static final Set<Method> ELSEWHERE =
            Set.of(Method.OBSERVED, Method.WBADMIN, Method.SYSTEM_STATE, Method.COMMAND);

    private static final String FINISHED = "finished";
    private static final String WHO = "who";
    private static final String WHERE = "where";

    /** What a part records of one; empty if its data lies in the vault, or nothing was seen. */
    public static Optional<ObservedBackup> of(Manifest.Part part) {
        var recorded = part.recorded();
        return ELSEWHERE.contains(part.method())
                        && recorded != null
                        && recorded.path(FINISHED).isTextual()
                ? Optional.of(read(recorded))
                : Optional.empty();
    }

    /** What a capture recorded of one, whatever its method; empty if it recorded none. */
    public static Optional<ObservedBackup> in(JsonNode recorded) {
        return recorded.path(FINISHED).isTextual() ? Optional.of(read(recorded)) : Optional.empty();
    }

    private static ObservedBackup read(JsonNode recorded) {
        try {
            return new ObservedBackup(
                    Instant.parse(recorded.path(FINISHED).asText()),
                    recorded.path(WHO).asText(),
                    recorded.path(WHERE).asText());
        } catch (DateTimeException e) {
            throw new MalformedDocument("recorded." + FINISHED + " is no time", e);
        }
    }

    /** Adds itself to what is recorded of a part. */
    public void write(ObjectNode recorded) {
        recorded.put(FINISHED, finished.toString()).put(WHO, who).put(WHERE, where);
    }

    /** One sentence for reports. */
    public String told() {
        return "the vault holds no copy: " + who + " keeps it in " + where + ", finished " + finished;
    }
}

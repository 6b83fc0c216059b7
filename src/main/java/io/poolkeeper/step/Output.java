// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.Depth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step that did not fail brings back. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Output.Captured.class, name = "captured"),
    @JsonSubTypes.Type(value = Output.Judged.class, name = "judged"),
    @JsonSubTypes.Type(value = Output.Discovered.class, name = "discovered"),
    @JsonSubTypes.Type(value = Output.Published.class, name = "published")
})
public sealed interface Output {
    /** What somebody should read although it was done; makes the outcome a WARNING. */
    @JsonIgnore
    default List<String> notes() {
        return List.of();
    }

    /**
     * Files that lie in the attempt's folder, flushed.
     *
     * @param artefacts the files, by their path within the set
     * @param recorded what a restore is compared with: row counts, file counts, entry counts
     * @param tools versions of what took part: server, driver, tool
     * @param level what was really taken
     * @param base the set that an incremental capture builds on; null for a full one
     * @param warnings what somebody should read
     */
    record Captured(
            List<Artefact> artefacts,
            JsonNode recorded,
            Map<String, String> tools,
            io.poolkeeper.catalogue.Level level,
            @Nullable String base,
            List<String> warnings)
            implements Output {
        @Override
        public List<String> notes() {
            return warnings;
        }
    }

    /**
     * One file of a set.
     *
     * @param path within the set's folder, with forward slashes
     * @param size in bytes
     * @param sha256 of the bytes as stored, 64 lower-case hexadecimal digits
     */
    record Artefact(String path, long size, String sha256) {}

    /**
     * What a verification or a trial restore found.
     *
     * @param depth how deep it got
     * @param damages evidence of damage, or differences to what was recorded; empty unless SUSPECT
     * @param reason why it is UNKNOWN; null otherwise
     * @param bytes how many were read or restored
     * @param where what a restore left for somebody to look at; null if nothing
     * @param warnings what somebody should read although it is neither damage nor doubt: attributes that could not be
     *     set, names that the capture could not read
     */
    record Judged(
            Verdict verdict,
            Depth depth,
            List<Damage> damages,
            @Nullable String reason,
            long bytes,
            @Nullable String where,
            List<String> warnings)
            implements Output {
        /** Results of earlier releases have no warnings. */
        public Judged {
            warnings = warnings == null ? List.of() : warnings;
        }

        /** Without warnings. */
        public Judged(
                Verdict verdict,
                Depth depth,
                List<Damage> damages,
                @Nullable String reason,
                long bytes,
                @Nullable String where) {
            this(verdict, depth, damages, reason, bytes, where, List.of());
        }

        @Override
        public List<String> notes() {
            return warnings;
        }
    }

    /**
     * One piece of evidence of damage.
     *
     * @param file within the set, or what else it is about
     * @param what what is wrong with it
     */
    record Damage(String file, String what) {}

    /** What one source holds. */
    record Discovered(Inventory inventory) implements Output {}

    /** The set has its final name. */
    record Published(String set, long bytes) implements Output {}
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Artefact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a set holds: {@code manifest.json} (config/schema/manifest.json).
 *
 * @param schema always {@code poolkeeper/manifest}
 * @param version of this shape; a release reads all older ones
 * @param set its id
 * @param run the run that made it
 * @param whole whether all parts of the site were asked for, not only some
 * @param poolkeeper the release that made it
 * @param started when the run began, UTC
 * @param finished when the last part was captured, UTC
 * @param skewSeconds the largest difference between a source's clock and ours
 */
public record Manifest(
        String schema,
        int version,
        String set,
        String site,
        String product,
        String plan,
        String run,
        boolean whole,
        Level level,
        String siteHash,
        String poolkeeper,
        Instant started,
        Instant finished,
        long skewSeconds,
        List<Part> parts) {
    /** The file's name in a set. */
    public static final String FILE = "manifest.json";

    private static final String SCHEMA = "poolkeeper/manifest";

    /** Steps that run side by side share one. */
    public Manifest {
        parts = List.copyOf(parts);
    }

    /** A manifest of today's shape. */
    public Manifest(
            String set,
            String site,
            String product,
            String plan,
            String run,
            boolean whole,
            Level level,
            String siteHash,
            Instant started,
            Instant finished,
            long skewSeconds,
            List<Part> parts) {
        this(
                SCHEMA,
                1,
                set,
                site,
                product,
                plan,
                run,
                whole,
                level,
                siteHash,
                Release.version(),
                started,
                finished,
                skewSeconds,
                parts);
    }

    /**
     * What a set holds of one part, and what it knows about it.
     *
     * @param role the catalogue's word for what it holds; null for those that have none
     * @param reason why it has its disposition
     * @param level what was really taken
     * @param base the set that an incremental builds on; null for a full one
     * @param recorded what a restore is compared with
     * @param tools versions of what took part
     * @param dependsOn parts that are restored before it
     */
    public record Part(
            PartId part,
            Kind kind,
            @Nullable String role,
            Disposition disposition,
            @Nullable String reason,
            Method method,
            Outcome outcome,
            @Nullable String cause,
            @Nullable String hint,
            @Nullable Level level,
            @Nullable String base,
            List<Artefact> artefacts,
            @Nullable Instant started,
            @Nullable Instant finished,
            Map<String, String> tools,
            @Nullable JsonNode recorded,
            List<PartId> dependsOn) {
        /** Whether the set holds data of it. */
        public boolean captured() {
            return !artefacts.isEmpty();
        }

        /** Whether the set knows a state of it that can be gone back to: data of its own, or a backup of another product. */
        public boolean held() {
            return captured() || ObservedBackup.of(this).isPresent();
        }

        /** The state that a restore of it leads back to. */
        public @Nullable Instant point() {
            var elsewhere = ObservedBackup.of(this);
            return elsewhere.isPresent() ? elsewhere.get().finished() : started;
        }

        /** SHA-256 over paths, sizes and hashes of its artefacts, or over what was seen of another product's; the ledger keeps it, so that nobody can change them quietly. */
        public String digest() {
            var text = new StringBuilder();
            if (ObservedBackup.of(this).isPresent()) {
                text.append(recorded).append('\n');
            }
            artefacts.stream()
                    .sorted(Comparator.comparing(Artefact::path))
                    .forEach(a -> text.append(a.sha256())
                            .append(' ')
                            .append(a.size())
                            .append(' ')
                            .append(a.path())
                            .append('\n'));
            return Hashes.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        }

        /** The size of all its artefacts in bytes. */
        public long bytes() {
            return artefacts.stream().mapToLong(Artefact::size).sum();
        }
    }

    /** What the set holds of a part. */
    public Optional<Part> part(PartId id) {
        return parts.stream().filter(part -> part.part().equals(id)).findFirst();
    }

    /**
     * Reads a manifest.
     *
     * @throws io.poolkeeper.schema.MalformedDocument if it is not one
     */
    public static Manifest parse(String text) {
        var tree = Json.tree(text);
        Schemas.require("manifest", tree);
        return Json.as(tree, Manifest.class);
    }

    /** As it is written. */
    public String text() {
        return Json.pretty(this);
    }
}

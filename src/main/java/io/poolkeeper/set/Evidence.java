// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record about a set, never changed afterwards (config/schema/evidence.json).
 *
 * @param schema always {@code poolkeeper/evidence}
 * @param version of this shape
 * @param kind {@code verify}, {@code drill}, {@code coherence}, {@code run} ...
 * @param run the run that found it
 * @param at when, UTC
 * @param findings about the parts; empty for a record that is not about them
 * @param summary of the run; null for a record that is not about a whole run
 */
public record Evidence(
        String schema,
        int version,
        String set,
        String kind,
        String run,
        Instant at,
        String poolkeeper,
        List<Finding> findings,
        @Nullable JsonNode summary) {
    /** The kind that says whether the parts of a set fit each other, which is nothing about damage. */
    public static final String COHERENCE = "coherence";

    /** A record of today's shape. */
    public Evidence(
            String set, String kind, String run, Instant at, List<Finding> findings, @Nullable JsonNode summary) {
        this("poolkeeper/evidence", 1, set, kind, run, at, Release.version(), List.copyOf(findings), summary);
    }

    /**
     * What was found about one part.
     *
     * @param at when this part was judged, UTC
     * @param bytes how many bytes were read or restored
     * @param seconds how long it took
     */
    public record Finding(
            PartId part,
            Verdict verdict,
            Depth depth,
            Instant at,
            List<Damage> damages,
            @Nullable String reason,
            long bytes,
            double seconds) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.step.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for.
 *
 * @param kind {@code backup}, {@code verify}, {@code drill} or {@code restore}
 * @param plan the plan's name in the site file; the kind for runs without one
 * @param source what started it: {@code timer}, {@code folder}, {@code queue}, {@code rest}, {@code cli}, {@code change}
 * @param key the same key starts one run, however often it comes
 * @param requestedBy who, in words
 * @param parts ids or short forms; empty for all
 * @param set for verify, drill and restore: an id; null for the newest that holds each part
 * @param depth how deep a verification goes
 * @param keep whether a drill leaves its sandbox
 * @param target for a restore, the folder to fill, absolute; null otherwise
 * @param deadline how long it may take
 * @param place where a restore puts what it restores
 * @param at for verify, drill and restore: the point in time to go back to, UTC; null for the newest
 * @param path for a restore: a pattern relative to a share, or a distinguished name; null for all
 */
public record Request(
        String kind,
        String plan,
        Level level,
        String source,
        String key,
        String requestedBy,
        List<String> parts,
        @Nullable String set,
        Depth depth,
        boolean keep,
        @Nullable String target,
        Instant due,
        Duration deadline,
        Place place,
        @Nullable Instant at,
        @Nullable String path) {
    /** Requests of earlier releases name no place. */
    public Request {
        place = place == null ? Place.BESIDE : place;
    }

    /** A request about the newest, that puts nothing where something may be. */
    public Request(
            String kind,
            String plan,
            Level level,
            String source,
            String key,
            String requestedBy,
            List<String> parts,
            @Nullable String set,
            Depth depth,
            boolean keep,
            @Nullable String target,
            Instant due,
            Duration deadline) {
        this(
                kind,
                plan,
                level,
                source,
                key,
                requestedBy,
                parts,
                set,
                depth,
                keep,
                target,
                due,
                deadline,
                Place.BESIDE,
                null,
                null);
    }
}

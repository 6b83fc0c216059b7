// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.Triggers;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.run.Request;
import io.poolkeeper.step.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests from the command line; each gets a key of its own. */
final class Requests {
    private Requests() {}

    static Request of(
            String kind,
            String plan,
            Level level,
            List<String> parts,
            @Nullable String set,
            Depth depth,
            boolean keep,
            @Nullable String target,
            Duration deadline) {
        return new Request(
                kind,
                plan,
                level,
                "cli",
                UUID.randomUUID().toString(),
                System.getProperty("user.name", "somebody"),
                parts,
                set,
                depth,
                keep,
                target,
                Instant.now(),
                deadline);
    }

    /** A request over what the vault holds. */
    static Request stored(
            String kind,
            List<String> parts,
            StoredVerb.Sought sought,
            Depth depth,
            boolean keep,
            @Nullable String target,
            Place place,
            @Nullable String path) {
        return new Request(
                kind,
                kind,
                Level.FULL,
                "cli",
                UUID.randomUUID().toString(),
                System.getProperty("user.name", "somebody"),
                parts,
                sought.set(),
                depth,
                keep,
                target,
                Instant.now(),
                Triggers.NO_DEADLINE,
                place,
                sought.at(),
                path);
    }
}

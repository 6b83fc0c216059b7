// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.run.Request;
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
        var user = System.getProperty("user.name", "somebody");
        return new Request(
                kind,
                plan,
                level,
                "cli",
                UUID.randomUUID().toString(),
                user,
                parts,
                set,
                depth,
                keep,
                target,
                Instant.now(),
                deadline);
    }
}

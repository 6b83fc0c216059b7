// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.proof;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The promise, in numbers.
 *
 * @param to the oldest, over required parts, of the newest point whose whole chain holds content evidence and no damage;
 *     null if a required part has none
 * @param inSeconds the critical path of the restore, from measured speeds; null if a part's speed was never measured
 * @param proven the oldest, over required parts, of the newest evidence at the asked depth; null if a part has none
 * @param expires when that proof is too old
 * @param obstacles what stands in the way, part by part; empty if nothing does
 * @param line all of it in one sentence, in the site's time zone
 * @param directory how old the newest restorable backup of Active Directory is; null if the newest sets have no part of it
 */
public record Restorability(
        @Nullable Instant to,
        @JsonProperty("in_s") @Nullable Long inSeconds,
        @Nullable Instant proven,
        @Nullable Instant expires,
        List<String> obstacles,
        String line,
        @Nullable String directory) {}

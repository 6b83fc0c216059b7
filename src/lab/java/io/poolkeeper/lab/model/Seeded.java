// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Randomness that depends on the seed and on a name alone, so that what is made does not depend on the order in which
 * it is made, nor on the thread.
 *
 * @param seed as given with {@code --seed}
 */
public record Seeded(long seed) {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** A generator of its own for the thing of that name. */
    public SplittableRandom random(String name) {
        return new SplittableRandom(hash(name));
    }

    /** A GUID for the thing of that name. */
    public UUID guid(String name) {
        return UUID.nameUUIDFromBytes((seed + ":" + name).getBytes(StandardCharsets.UTF_8));
    }

    /** 64 bits for the thing of that name (FNV-1a, begun with the seed). */
    public long hash(String name) {
        var hash = FNV_OFFSET ^ (seed * 0x9e3779b97f4a7c15L);
        for (var i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}

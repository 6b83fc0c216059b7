// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.Scale;
import java.nio.file.Path;

/**
 * What lab to start.
 *
 * @param folder where it lives; made if missing
 * @param edition of the pool
 * @param seed decides everything that is made
 * @param scale how much of it
 */
public record LabOptions(Path folder, Edition edition, long seed, Scale scale) {
    /** The seed of the demonstration. */
    public static final long DEFAULT_SEED = 2007;

    /** The folder as an absolute path. */
    public LabOptions {
        folder = folder.toAbsolutePath().normalize();
    }

    /** The demonstration's lab: standard edition, everything at scale 1. */
    public static LabOptions in(Path folder) {
        return new LabOptions(folder, Edition.STANDARD, DEFAULT_SEED, Scale.ONE);
    }
}

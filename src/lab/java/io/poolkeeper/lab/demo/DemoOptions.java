// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import io.poolkeeper.lab.model.Edition;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to demonstrate.
 *
 * @param folder where the lab lives
 * @param mutate whether a row, a file, an attribute and a setting are changed after the capture
 * @param fault what is broken before the backup; null for nothing
 */
record DemoOptions(
        Path folder,
        Edition edition,
        long seed,
        double scale,
        boolean mutate,
        @Nullable String fault) {
    static final String VAULT_FULL = "vault-full";

    boolean fullVault() {
        return VAULT_FULL.equals(fault);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that holds routes/, broker/ and config/: a clone, or an installation.
 *
 * <p>The launcher names it in the system property {@code poolkeeper.home}; without it the current folder serves.
 */
public final class Home {
    private static final Path FOLDER =
            Path.of(System.getProperty("poolkeeper.home", "")).toAbsolutePath().normalize();

    private Home() {}

    /** The folder itself, absolute. */
    public static Path folder() {
        return FOLDER;
    }

    /**
     * A file that must be there, such as {@code config/schema/site.json}.
     *
     * @throws IllegalStateException if it is not: the installation is damaged, or the program was started elsewhere
     */
    public static Path file(String relative) {
        var file = FOLDER.resolve(relative);
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    "%s is missing in %s. HINT: start the program with its launcher, or set -Dpoolkeeper.home"
                            .formatted(relative, FOLDER));
        }
        return file;
    }
}

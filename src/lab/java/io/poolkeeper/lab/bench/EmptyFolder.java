// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a measurement happens. */
final class EmptyFolder {
    private EmptyFolder() {}

    /**
     * The folder, made if it is not there.
     *
     * @throws IOException if it holds something
     */
    static Path of(Path dir) throws IOException {
        var folder = Files.createDirectories(dir.toAbsolutePath().normalize());
        try (var names = Files.list(folder)) {
            if (names.findAny().isPresent()) {
                throw new IOException(folder + " is not empty. HINT: name a new folder");
            }
        }
        return folder;
    }
}

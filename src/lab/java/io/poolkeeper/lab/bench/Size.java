// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * How much lies in a folder.
 *
 * @param files how many
 * @param bytes of all together
 */
record Size(long files, long bytes) {
    /** Counts. */
    static Size of(Path folder) throws IOException {
        var count = new Count();
        Files.walkFileTree(folder, count);
        return new Size(count.files, count.bytes);
    }

    private static final class Count extends SimpleFileVisitor<Path> {
        private long files;
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d files, %.2f GB", files, bytes / 1e9);
    }
}

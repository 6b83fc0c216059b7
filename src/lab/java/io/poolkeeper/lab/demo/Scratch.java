// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a demonstration happens for which nobody named a folder. Nothing of it outlives the demonstration, and it writes tens of
 * thousands of small files, so it happens in memory where Linux has room for it there; else in the folder for temporary files.
 */
final class Scratch {
    /** What Linux keeps in memory (tmpfs). */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** The demonstration needs about 1 GB at scale 1; the machine keeps the rest. */
    private static final long ENOUGH = 4L << 30;

    private static final String PREFIX = "poolkeeper-demo-";

    private Scratch() {}

    /** A new empty folder of the owner alone. */
    static Path create(double scale) throws IOException {
        return hasRoom(MEMORY, scale) ? Files.createTempDirectory(MEMORY, PREFIX) : Files.createTempDirectory(PREFIX);
    }

    /** Whether a folder lies in memory and has room for a demonstration of that scale. */
    static boolean hasRoom(Path memory, double scale) throws IOException {
        if (!Files.isDirectory(memory) || !Files.isWritable(memory)) {
            return false;
        }
        var store = Files.getFileStore(memory);
        return store.type().equals("tmpfs") && store.getUsableSpace() >= ENOUGH * Math.max(1, scale);
    }
}

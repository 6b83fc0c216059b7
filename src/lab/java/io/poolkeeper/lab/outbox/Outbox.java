// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder of numbered files, one for each message: {@code 0001.eml}. A file appears under its name only when it is whole. */
public final class Outbox {
    private final Path folder;
    private final String suffix;
    private int last;

    /** Goes on after the last message that is there. */
    Outbox(Path folder, String suffix) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.suffix = suffix;
        while (Files.exists(file(last + 1))) {
            last++;
        }
    }

    synchronized Path add(byte[] message) throws IOException {
        var file = file(last + 1);
        var unfinished = Files.write(folder.resolve(".unfinished"), message);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        last++;
        return file;
    }

    private Path file(int number) {
        return folder.resolve("%04d.%s".formatted(number, suffix));
    }
}

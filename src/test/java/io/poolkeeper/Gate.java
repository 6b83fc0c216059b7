// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Holds a lab's LCSCmd before it does anything, so that a backup is surely in progress until somebody opens. */
final class Gate {
    private final Path closed;
    private final Path reached;

    private Gate(Path closed, Path reached) {
        this.closed = closed;
        this.reached = reached;
    }

    /** Puts a gate before the LCSCmd that a site file names; it is open. */
    static Gate before(Path siteFile, Path folder) throws IOException {
        var gate = new Gate(folder.resolve("gate-closed"), folder.resolve("gate-reached"));
        var real = siteFile.resolveSibling("bin").resolve("LCSCmd");
        var script = Files.writeString(
                folder.resolve("LCSCmd-behind-a-gate"), """
                #!/bin/sh
                : >'%s'
                while [ -e '%s' ]; do sleep 0.1; done
                exec '%s' "$@"
                """.formatted(gate.reached, gate.closed, real));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(siteFile, Files.readString(siteFile).replace(real.toString(), script.toString()));
        return gate;
    }

    void close() throws IOException {
        Files.deleteIfExists(reached);
        Files.writeString(closed, "");
    }

    void open() throws IOException {
        Files.deleteIfExists(closed);
    }

    /** Whether somebody stands before it, or has. */
    boolean isReached() {
        return Files.exists(reached);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a program says of itself. */
final class Version {
    private Version() {}

    /** The first line that it prints; nothing if it is not there. */
    static Optional<String> of(List<String> command) throws InterruptedException, IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Optional.empty(); // not on this machine
        }
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? text.lines().findFirst().map(Version::shorter) : Optional.empty();
    }

    /** Without where it was built and who wrote it. */
    private static String shorter(String line) {
        return line.replaceAll(" (compiled|protocol) .*", "").strip();
    }
}

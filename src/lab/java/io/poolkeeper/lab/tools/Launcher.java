// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a shell script that runs one of the tools as a process of its own, with the Java that runs the lab. */
final class Launcher {
    private Launcher() {}

    static Path write(Path script, Class<?> tool, Path ocs) throws IOException {
        Files.createDirectories(script.getParent());
        Files.writeString(script, """
                #!/bin/sh
                # Stand-in of the lab for the tool of this name.
                exec %s -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx64m -cp %s %s %s "$@"
                """.formatted(
                        quoted(Path.of(System.getProperty("java.home"), "bin", "java")),
                        quoted(classesOf(tool)),
                        tool.getName(),
                        quoted(ocs)));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The tools need no class but the JDK's beside those that lie with them. */
    private static Path classesOf(Class<?> tool) {
        try {
            return Path.of(
                    tool.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where the lab's classes lie is no path", e);
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toAbsolutePath().toString().replace("'", "'\\''") + "'";
    }
}

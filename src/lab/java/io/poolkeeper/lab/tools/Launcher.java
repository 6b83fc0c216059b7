// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a shell script that runs one of the tools as a process of its own, with the Java that runs the lab. */
public final class Launcher {
    private Launcher() {}

    /**
     * Writes it.
     *
     * @param tool the class whose main method it runs
     * @param folder the first argument; those of the script follow
     * @param needed a class of each library that the tool uses
     */
    public static Path write(Path script, Class<?> tool, Path folder, Class<?>... needed) throws IOException {
        Files.createDirectories(script.getParent());
        Files.writeString(script, """
                #!/bin/sh
                # Stand-in of the lab for the program of this name.
                exec %s -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx64m -cp %s %s %s "$@"
                """.formatted(
                        quoted(Path.of(System.getProperty("java.home"), "bin", "java")),
                        Stream.concat(Stream.of(tool), Stream.of(needed))
                                .map(type -> quoted(classesOf(type)))
                                .collect(Collectors.joining(":")),
                        tool.getName(),
                        quoted(folder)));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

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

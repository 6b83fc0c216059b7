// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** What this build made, as another release: the same classes, whose jar says another version. */
final class OtherRelease {
    private OtherRelease() {}

    /** Lays it out in a folder; its launcher. */
    static Path in(Path folder, String version) throws IOException {
        var target = Files.createDirectories(folder.resolve("target"));
        for (var same : new String[] {"src", "routes", "config", "broker", "target/lib", "target/lab-lib"}) {
            Files.createSymbolicLink(folder.resolve(same), Path.of(same).toAbsolutePath());
        }
        Files.copy(Path.of("target/poolkeeper-lab.jar"), target.resolve("poolkeeper-lab.jar"));
        try (var from = new JarFile("target/poolkeeper.jar")) {
            var manifest = from.getManifest();
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            try (var to = new JarOutputStream(Files.newOutputStream(target.resolve("poolkeeper.jar")), manifest)) {
                for (var entry : from.stream()
                        .filter(one -> !one.getName().equals(JarFile.MANIFEST_NAME))
                        .toList()) {
                    to.putNextEntry(entry);
                    from.getInputStream(entry).transferTo(to);
                }
            }
        }
        return Files.copy(Path.of("poolkeeper"), folder.resolve("poolkeeper"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import io.poolkeeper.lab.site.LabFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that all verbs below {@code lab} have. */
final class Where {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "lab",
            description = "Folder of the lab; a folder named lab below the current one if not given.")
    private Path dir;

    LabFolder folder() {
        return new LabFolder(dir.toAbsolutePath().normalize());
    }
}

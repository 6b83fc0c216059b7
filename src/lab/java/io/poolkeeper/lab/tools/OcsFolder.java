// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where the stores of the tools lie: {@code <lab>/ocs}.
 *
 * @param path the folder
 */
record OcsFolder(Path path) {
    /** While this file is there, LCSCmd ends with 0 and writes nothing. */
    Path silentSwitch() {
        return path.resolve("lcscmd-silent");
    }

    /** Settings of the forest. */
    Path global() {
        return path.resolve("global.txt");
    }

    /** Settings of a pool, by its name and not its FQDN. */
    Path pool(String name) {
        return path.resolve("pool-" + safe(name) + ".txt");
    }

    /** Settings of a server, by its FQDN. */
    Path machine(String fqdn) {
        return path.resolve("machine-" + safe(fqdn) + ".txt");
    }

    /** User data of a back end, by its host name; {@code local} on a Standard Edition server. */
    Path userData(String backEnd) {
        return path.resolve("userdata-" + safe(backEnd) + ".txt");
    }

    /** Where the tools leave their logs. */
    Path logs() {
        return path.resolve("logs");
    }

    /** Reads one store, or refuses in the words given if there is none. */
    List<Section> read(Path store, String otherwise) throws IOException {
        if (!Files.isRegularFile(store)) {
            throw new Refused(otherwise);
        }
        return Sections.read(store);
    }

    /** Names come from the command line: nothing in them may lead out of the folder. */
    private static String safe(String name) {
        return name.toLowerCase(Locale.ROOT).replace('/', '_').replace('\\', '_');
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the stand-ins of Windows Server Backup know of their server: {@code <lab>/vss}.
 *
 * @param path the folder
 */
record VssFolder(Path path) {
    private static final String FAULT = "fault-";

    /** What can go wrong. */
    enum Fault {
        /** vssadmin lists no writer of SQL Server. */
        WRITER_ABSENT,
        /** The writer of SQL Server is in state [8] with an error. */
        WRITER_FAILED,
        /** wbadmin ends with 0 and has written nothing. */
        NO_VERSION,
        /** wbadmin takes an image in which SQL Server had no part. */
        NO_SNAPSHOT,
        /** wbadmin fails with -3 after it has destroyed what lay in the folder of the share. */
        BREAKS_OFF,
        /** wbadmin goes on for ever. */
        HANGS,
        /** There is no room for a shadow copy. */
        SHADOW_FAILS,
        /** A shadow copy cannot be deleted. */
        SHADOW_STAYS,
        /** Everything is said in German. */
        GERMAN
    }

    /** Name and port of the service that VSS asks for a snapshot of databases; there while it runs. */
    Path writer() {
        return path.resolve("sqlwriter");
    }

    /** There while a backup runs, even if the program that began it was killed, as wbengine goes on. */
    Path running() {
        return path.resolve("running");
    }

    /** What stands for a volume, e.g. {@code E:}; there is such a volume if the folder is there. */
    Path volume(String letter) {
        return path.resolve("volumes").resolve(letter.substring(0, 1).toUpperCase(Locale.ROOT));
    }

    /** Where the shadow copies lie, each in a folder named after its device. */
    Path shadows() {
        return path.resolve("shadows");
    }

    /** Whether Active Directory is on this server. */
    boolean isDomainController() {
        return Files.exists(path.resolve("domain-controller"));
    }

    void promote() throws IOException {
        Files.writeString(path.resolve("domain-controller"), "");
    }

    /** The computer's name, then its Windows: {@code 2008} or {@code 2008r2}. */
    String[] computer() throws IOException {
        return Files.readString(path.resolve("computer")).strip().split(" ", 2);
    }

    void computer(String name, String os) throws IOException {
        Files.createDirectories(path.resolve("volumes"));
        Files.writeString(path.resolve("computer"), name.toUpperCase(Locale.ROOT) + " " + os);
    }

    boolean has(Fault fault) {
        return Files.exists(file(fault));
    }

    /** Lets these faults strike and no others. */
    void strike(Fault... faults) throws IOException {
        for (var fault : Fault.values()) {
            if (Arrays.asList(faults).contains(fault)) {
                Files.writeString(file(fault), "");
            } else {
                Files.deleteIfExists(file(fault));
            }
        }
    }

    private Path file(Fault fault) {
        return path.resolve(FAULT + fault.name().toLowerCase(Locale.ROOT));
    }
}

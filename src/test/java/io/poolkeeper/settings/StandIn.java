// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Small programs that take the arguments of LCSCmd and dbimpexp and behave as a test wants. */
final class StandIn {
    /** What a good export of the pool ocs2007 may look like. */
    static final String SETTINGS =
            "<Settings level=\"global,pool\"><Pool Name=\"OCS2007\"><Key A=\"1\">x</Key></Pool></Settings>";
    /** Two users as dbimpexp writes them, in UTF-8 here. */
    static final String USERS = "<HomedResources><HomedResource UserAtHost=\"a@ocs.lab\"/>"
            + "<HomedResource UserAtHost=\"b@ocs.lab\"><Contacts><Contact Buddy=\"c@ocs.lab\"/></Contacts>"
            + "</HomedResource></HomedResources>";

    private StandIn() {}

    /**
     * A program.
     *
     * @param body shell commands; {@code $file} is the file to write, {@code $all} every argument, one per line
     */
    static Path program(Path folder, String body) {
        try {
            var script = """
                    #!/bin/sh
                    here=$(dirname "$0")
                    file=
                    : > "$here/arguments"
                    for argument in "$@"; do
                      printf '%%s\\n' "$argument" >> "$here/arguments"
                      case "$argument" in /configfile:*|/hrxmlfile:*) file=${argument#*:};; esac
                    done
                    env > "$here/environment"
                    %s
                    """.formatted(body);
            var program = Files.writeString(folder.resolve("stand-in"), script);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of one that writes a text. */
    static String writing(String text) {
        return "cat > \"$file\" <<'END'\n" + text + "\nEND\n";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.PartId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The company's own way to back up a part: a program that the site file names, and what it leaves.
 *
 * @param backup the program and its arguments
 * @param verify the program, and its arguments, that judges what it left; empty if there is none
 * @param result the file or folder that it leaves, as the worker sees it; absent if the program is told where, and it is collected
 * @param files a glob: the newest file or sub-folder of {@code result} with such a name is what it left; absent if all of it is
 * @param collect whether what it left is copied into the set
 * @param copies whether what it left are the part's files as they are, as robocopy and rsync leave them
 * @param okCodes exit codes that mean that all went well
 * @param warningCodes exit codes that mean that somebody should look
 * @param damageCodes exit codes of {@code verify} that are evidence of damage; all others are doubt
 * @param atMost how long it may take; absent: as long as the run
 */
public record OwnCommand(
        List<String> backup,
        List<String> verify,
        Optional<Path> result,
        Optional<String> files,
        boolean collect,
        boolean copies,
        Set<Integer> okCodes,
        Set<Integer> warningCodes,
        Set<Integer> damageCodes,
        Optional<Duration> atMost) {

    /** The key of the site file under which the command of a part stands. */
    public static String key(PartId part) {
        return switch (part.kind()) {
            case SHARE -> "shares." + part.name() + ".command";
            default -> part.kind().word() + ".command";
        };
    }
}

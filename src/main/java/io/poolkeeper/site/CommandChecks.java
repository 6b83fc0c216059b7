// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.schema.Problems;
import io.poolkeeper.schema.YamlDocument;
import java.nio.file.FileSystems;
import java.util.HashSet;
import java.util.regex.PatternSyntaxException;

/** What a schema cannot say about the company's own commands. */
final class CommandChecks {
    private final Site site;
    private final Problems problems;

    CommandChecks(Site site, Problems problems) {
        this.site = site;
        this.problems = problems;
    }

    void run() {
        site.shares()
                .forEach((key, share) -> share.command()
                        .ifPresent(command -> check("/shares" + YamlDocument.step(key) + "/command", command)));
        site.directory().flatMap(DirectorySource::command).ifPresent(command -> check("/directory/command", command));
    }

    private void check(String place, OwnCommand command) {
        if (command.result().isEmpty() && !command.collect()) {
            problems.add(
                    place,
                    "does not say what the command leaves",
                    "add result: the file or folder that it leaves; or collect: true, and let it write into the folder that"
                            + " POOLKEEPER_RESULT names");
        }
        if (command.files().isPresent() && command.result().isEmpty()) {
            problems.add(place + "/files", "needs result", "the folder in which the command leaves such files");
        }
        command.files().ifPresent(glob -> glob(place, glob));
        var several = new HashSet<>(command.okCodes());
        several.retainAll(command.warningCodes());
        if (!several.isEmpty()) {
            problems.add(
                    place + "/warningCodes", several + " are under okCodes, too", "each exit code means one thing");
        }
        if (!command.damageCodes().isEmpty() && command.verify().isEmpty()) {
            problems.add(place + "/damageCodes", "needs verify", "they are exit codes of the command that verifies");
        }
    }

    private void glob(String place, String glob) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            problems.add(place + "/files", "is not a pattern: " + e.getDescription(), "e.g. '*.bak'");
        }
    }
}

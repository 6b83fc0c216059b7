// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.NotStarted;
import io.poolkeeper.app.Triggers;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.run.Request;
import io.poolkeeper.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore}: restores parts into a folder, and databases under another name on the instance for drills. */
@Command(
        name = "restore",
        description = "Restores parts into an empty folder; a database under another name on its instance for drills.")
final class RestoreVerb extends StoredVerb {
    @Option(names = "--to", paramLabel = "DIR", required = true, description = "The folder to fill: new, or empty.")
    private Path to = Path.of("");

    @Override
    Request request(Site site) {
        var target = to.toAbsolutePath().normalize();
        requireEmpty(target);
        return Requests.of(
                "restore",
                "restore",
                Level.FULL,
                parts(),
                set(),
                Depth.RESTORED,
                true,
                target.toString(),
                Triggers.NO_DEADLINE);
    }

    private static void requireEmpty(Path target) {
        if (!Files.exists(target)) {
            return;
        }
        try (var entries = Files.list(target)) {
            if (entries.findAny().isPresent()) {
                throw new NotStarted(target
                        + " is not empty. HINT: name a new folder with --to; nothing is ever restored over something");
            }
        } catch (IOException e) {
            throw new NotStarted(target + " cannot be looked at: " + e.getMessage(), e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.SetChoice;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore}: restores parts into a folder, or databases in place. */
@Command(name = "restore", description = "Restores parts into an empty folder, or databases to where they came from.")
final class RestoreVerb extends StoredVerb {
    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The folder to fill: new, or empty. A database gets another name on the instance for drills."
                    + " Without it, databases and shares are restored in place, and differences shown of the directory and"
                    + " of settings.")
    private @Nullable Path to;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Of shares, only what fits: relative, with slashes; a folder is taken with all in it."
                    + " Of the directory, an object's distinguished name; * and ? stand for others.")
    private @Nullable String path;

    @Option(
            names = "--overwrite",
            description = "Over a database or files that are there. What they hold is lost; other files stay.")
    private boolean overwrite;

    @Option(
            names = "--apply",
            description = "Brings back the one object of the directory that --path names, or imports settings. What is"
                    + " there now is lost.")
    private boolean apply;

    @Option(names = "--dry-run", description = "Shows what would be restored from what, and does nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (apply && (to != null || overwrite)) {
            throw new WrongUsage(
                    "--apply brings back an object where it came from. HINT: leave --to and --overwrite away");
        }
        if (to != null && overwrite && !parts().stream().allMatch(part -> part.startsWith("share:"))) {
            throw new WrongUsage(
                    "--to restores beside what is there, --overwrite over it. HINT: use one of them, or name"
                            + " shares alone with --part");
        }
        if ((to == null || overwrite) && parts().isEmpty()) {
            throw new WrongUsage(
                    "nothing says what to restore in place. HINT: name databases or shares with --part, or a"
                            + " folder for all parts with --to");
        }
        var site = site();
        if (to == null && !overwrite) {
            var difference = new DirectoryDifference(this, site);
            var directories = difference.chosen(request(site));
            if (!directories.isEmpty()) {
                return directory(difference, directories);
            }
            var settings = new SettingsRestore(this, site);
            var exports = settings.chosen(request(site));
            if (!exports.isEmpty()) {
                return settings(settings, exports);
            }
        }
        if (apply) {
            throw new WrongUsage("--apply is for objects of the directory and for settings. HINT: name them with --part"
                    + " directory:.. or settings:..");
        }
        if (overwrite
                && parts().stream().allMatch(part -> part.startsWith("directory:") || part.startsWith("settings:"))) {
            throw new WrongUsage(
                    "--overwrite is for databases and shares. HINT: an object of the directory is brought back"
                            + " with --apply and --path, settings are imported with --apply; without it their"
                            + " differences are shown");
        }
        if (to == null || overwrite || dryRun) {
            var plan = new RestorePlan(site, request(site));
            if (dryRun) {
                return show(plan);
            }
            plan.refusal().ifPresent(why -> {
                throw new NotStarted(why);
            });
            plan.losses().forEach(loss -> err().println("poolkeeper: " + loss));
            err().flush();
        }
        return super.call();
    }

    private int directory(DirectoryDifference difference, List<SetChoice.Chosen> parts) {
        if (!apply || dryRun) {
            return difference.show(parts, path);
        }
        if (path == null || parts.size() > 1) {
            throw new WrongUsage(
                    "--apply changes one object, and nothing says which. HINT: name one part with --part and the"
                            + " object's distinguished name with --path; without --apply all that differ are shown");
        }
        var exit = difference.announce(parts.get(0), path);
        return exit == ExitCode.OK ? super.call() : exit.code();
    }

    private int settings(SettingsRestore settings, List<SetChoice.Chosen> parts) {
        if (path != null) {
            throw new WrongUsage("--path is for shares and the directory. HINT: settings are imported whole");
        }
        var now = apply && !dryRun;
        var exit = settings.show(parts, now);
        return now && exit == ExitCode.OK ? super.call() : exit.code();
    }

    private int show(RestorePlan plan) {
        if (json()) {
            line(plan.json());
        } else {
            out().print(plan.text());
            out().flush();
        }
        plan.refusal().ifPresent(why -> err().println("poolkeeper: " + why));
        return plan.refusal().isPresent() ? ExitCode.NOT_STARTED.code() : ExitCode.OK.code();
    }

    @Override
    Request request(Site site) {
        var target = to == null ? null : to.toAbsolutePath().normalize();
        if (target != null && !overwrite) {
            requireEmpty(target);
        }
        return Requests.stored(
                "restore",
                parts(),
                sought(site),
                Depth.RESTORED,
                true,
                target == null ? null : target.toString(),
                place(),
                path);
    }

    private Place place() {
        if (overwrite || apply) {
            return Place.OVERWRITE;
        }
        return to == null ? Place.IN_PLACE : Place.BESIDE;
    }

    private static void requireEmpty(Path target) {
        if (!Files.exists(target)) {
            return;
        }
        try (var entries = Files.list(target)) {
            if (entries.findAny().isPresent()) {
                throw new NotStarted(
                        target
                                + " is not empty. HINT: name a new folder with --to; of shares, --overwrite replaces its files");
            }
        } catch (IOException e) {
            throw new NotStarted(target + " cannot be looked at: " + e.getMessage(), e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.observed.WatchedFolder.Seen;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.OwnCommand;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.CompanyCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges what the company's own command left: whether the bytes are those that were recorded, then by the command that verifies,
 * else by reading it, where it is of a format that can be read here. Of all else nobody knows whether it can be restored: UNKNOWN.
 */
public final class VerifyByCommand implements StepHandler {
    private final Site site;

    /** Verifies parts of a site. */
    public VerifyByCommand(Site site) {
        this.site = site;
    }

    @Override
    public Output handle(Step step, Work work) {
        return PartCheck.judge(step, work, stored -> content(step, work, stored));
    }

    private Finding content(Step step, Work work, StoredPart stored) {
        var node = stored.part().recorded();
        var recorded = node == null ? MissingNode.getInstance() : node;
        try {
            var collected = stored.part().captured();
            if (!collected) {
                var changed = VerifyObservedFiles.changed(recorded, work);
                if (changed.isPresent()) {
                    return changed.get();
                }
            }
            var place = collected
                    ? place(stored)
                    : Path.of(recorded.path("folder").asText())
                            .resolve(recorded.path("name").asText());
            var command = site.command(step.part());
            return command.filter(own -> !own.verify().isEmpty()).isPresent()
                    ? asked(step, command.get(), place, work)
                    : read(files(place), recorded, work);
        } catch (IOException e) {
            return new Finding(List.of(), "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    /** The folder of the part in the set. */
    private static Path place(StoredPart stored) {
        var first = Path.of(stored.part().artefacts().get(0).path());
        return stored.setFolder().resolve(first.subpath(0, 2));
    }

    private static List<Seen> files(Path place) throws IOException {
        return WatchedFolder.backup(Disk.parent(place), place)
                .map(backup -> backup.files())
                .orElse(List.of());
    }

    private Finding asked(Step step, OwnCommand command, Path place, Work work) {
        var own = new CompanyCommand(site, step.part(), command);
        var ended = own.run(own.verify(), step, place, work);
        var what = own.verify().name() + " ended with " + ended.exit() + ": " + ended.lastWords();
        if (command.okCodes().contains(ended.exit())) {
            return Finding.GOOD;
        }
        if (command.warningCodes().contains(ended.exit())) {
            return new Finding(List.of(), null, Depth.CONTENT, List.of(what));
        }
        return command.damageCodes().contains(ended.exit())
                ? new Finding(List.of(new Damage(place.toString(), what)), null)
                : new Finding(List.of(), what);
    }

    private static Finding read(List<Seen> files, JsonNode recorded, Work work) throws IOException {
        var damages = new ArrayList<Damage>();
        var unread = new ArrayList<String>();
        var copies = recorded.path("copies").asBoolean(false);
        for (var file : files) {
            if (copies) {
                continue; // the file itself is the content, and its bytes are those that were recorded
            }
            var format = Format.of(file.name());
            format.fault(file.path(), work)
                    .ifPresent(what -> damages.add(new Damage(file.path().toString(), what)));
            if (format == Format.OPAQUE || format == Format.PLAIN) {
                unread.add(file.name());
            }
        }
        return damages.isEmpty() && !unread.isEmpty()
                ? new Finding(
                        List.of(),
                        "the bytes are those that were recorded, but nothing here can read the format of "
                                + String.join(", ", unread.stream().limit(3).toList())
                                + (unread.size() > 3 ? " and " + (unread.size() - 3) + " more" : "")
                                + ", and the site file names no command that verifies it")
                : new Finding(damages, null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.observed.WatchedFolder.Backup;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Looks at the files of another product again: whether they are those that were recorded, and whether each can be read to
 * its end in its format. What nothing here can read is proven at depth {@code media} alone, and that is said.
 */
public final class VerifyObservedFiles implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        return PartCheck.judge(step, work, stored -> content(step, work, stored));
    }

    private static Finding content(Step step, Work work, StoredPart stored) {
        var node = stored.part().recorded();
        var recorded = node == null ? MissingNode.getInstance() : node;
        var folder = Path.of(recorded.path("folder").asText());
        try {
            var changed = changed(recorded, work);
            if (changed.isPresent()) {
                return changed.get();
            }
            var backup = WatchedFolder.backup(
                    folder, folder.resolve(recorded.path("name").asText()));
            return backup.isPresent()
                    ? read(step, backup.get(), work)
                    : damaged(recorded, "is gone: it was removed while it was read");
        } catch (IOException e) {
            return new Finding(
                    List.of(),
                    recorded.path("where").asText() + " cannot be read: "
                            + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    /** What is to be said of files that are not those that were recorded, or that nobody can look at; empty if they are. */
    static Optional<Finding> changed(JsonNode recorded, Work work) throws IOException {
        var folder = Path.of(recorded.path("folder").asText());
        if (!Files.isDirectory(folder)) {
            return Optional.of(new Finding(List.of(), folder + " cannot be looked into from here"));
        }
        var child = folder.resolve(recorded.path("name").asText());
        var backup = Files.exists(child) ? WatchedFolder.backup(folder, child).orElse(null) : null;
        if (backup == null) {
            return Optional.of(damaged(recorded, "is gone: the other product has removed it since it was seen"));
        }
        var fingerprint = Fingerprint.of(backup, work);
        return fingerprint.whole().equals(recorded.path("sha256").asText())
                ? Optional.empty()
                : Optional.of(damaged(recorded, "is not what was seen any more" + which(recorded, fingerprint)));
    }

    private static Finding damaged(JsonNode recorded, String what) {
        return new Finding(List.of(new Damage(recorded.path("where").asText(), what)), null);
    }

    private static String which(JsonNode recorded, Fingerprint now) {
        var before = recorded.path("hashes");
        if (before.isMissingNode()) {
            return "";
        }
        var changed = new TreeSet<String>();
        before.properties().forEach(entry -> {
            if (!entry.getValue().asText().equals(now.files().get(entry.getKey()))) {
                changed.add(entry.getKey());
            }
        });
        now.files().keySet().stream().filter(name -> !before.has(name)).forEach(changed::add);
        return ": " + String.join(", ", changed.stream().limit(5).toList());
    }

    private static Finding read(Step step, Backup backup, Work work) throws IOException {
        var damages = new ArrayList<Damage>();
        var unread = new ArrayList<String>();
        var copies = backup.folder() && step.part().kind() == Kind.SHARE;
        for (var file : backup.files()) {
            var format = Format.of(file.name());
            format.fault(file.path(), work)
                    .ifPresent(what -> damages.add(new Damage(file.path().toString(), what)));
            if (format == Format.OPAQUE || (format == Format.PLAIN && !copies)) {
                unread.add(file.name());
            }
        }
        return new Finding(
                damages,
                null,
                unread.isEmpty() ? Depth.CONTENT : Depth.MEDIA,
                unread.isEmpty() ? List.of() : warning(unread));
    }

    private static List<String> warning(List<String> unread) {
        return List.of("nothing here can read the format of "
                + String.join(", ", unread.stream().limit(3).toList())
                + (unread.size() > 3 ? " and " + (unread.size() - 3) + " more" : "")
                + ": only that the bytes are there and do not change is known (depth media)");
    }
}

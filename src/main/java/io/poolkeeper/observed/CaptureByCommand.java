// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.observed.WatchedFolder.Backup;
import io.poolkeeper.observed.WatchedFolder.Seen;
import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.Names;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.site.OwnCommand;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.CompanyCommand;
import io.poolkeeper.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Has the company's own command back up a part, judges its exit code, and looks at what it left: that is copied into the set, or
 * recorded with a hash. An exit code says that a program is content, not that its backup is good.
 */
public final class CaptureByCommand implements StepHandler {
    /** Of more files than these only one hash over all is recorded: a manifest stays small. */
    private static final int LISTED = 200;

    /** A file server's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final Site site;
    private final Clock clock;

    /**
     * Captures parts of a site.
     *
     * @param clock that of this host
     */
    public CaptureByCommand(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        var command = site.command(step.part())
                .orElseThrow(() -> new PermanentFault(
                        "this worker's site file has no command for " + step.part(),
                        "give all workers the same site file"));
        var own = new CompanyCommand(site, step.part(), command);
        var result = command.result().orElseGet(work::sandbox);
        try {
            if (command.result().isEmpty()) {
                Disk.delete(result);
                Disk.createFolders(result);
            }
            return capture(step, command, own, result, work);
        } catch (IOException e) {
            throw unreadable(result, e);
        } finally {
            if (command.result().isEmpty()) {
                tidy(result);
            }
        }
    }

    private Output.Captured capture(Step step, OwnCommand command, CompanyCommand own, Path result, Work work)
            throws IOException {
        var started = clock.instant();
        var ended = own.run(own.backup(), step, result, work);
        var warnings = new ArrayList<>(judge(own, command, ended));
        var left = left(command, result)
                .filter(backup -> backup.bytes() > 0)
                .orElseThrow(() -> new PermanentFault(
                        own.backup().name() + " ended with " + ended.exit() + ", but left nothing in " + result
                                + command.files()
                                        .map(files -> " (" + files + ")")
                                        .orElse(""),
                        "correct " + OwnCommand.key(step.part())
                                + ".result, or see the log for what the command printed"));
        requireNew(own, command, left, started);
        var fingerprint = Fingerprint.of(left, work);
        var artefacts = command.collect()
                ? collect(step, left, command.files().isEmpty(), fingerprint, work)
                : List.<Artefact>of();
        requireSteady(left);
        var recorded = recorded(own, left, fingerprint, ended);
        recorded.put("copies", command.copies());
        if (!command.collect()) {
            new ObservedBackup(
                            (command.copies() ? started : earlier(left.changed())).truncatedTo(ChronoUnit.MILLIS),
                            "the company's own command " + own.backup().program(),
                            left.path().toString())
                    .write(recorded);
        }
        return new Output.Captured(artefacts, recorded, Map.of(), Level.FULL, null, warnings);
    }

    private static List<String> judge(CompanyCommand own, OwnCommand command, ToolRun.Ended ended) {
        if (command.okCodes().contains(ended.exit())) {
            return List.of();
        }
        var what = own.backup().name() + " ended with " + ended.exit() + ": " + ended.lastWords();
        if (command.warningCodes().contains(ended.exit())) {
            return List.of(what);
        }
        throw new PermanentFault(
                what,
                "see the log for all that it printed; if this code is no failure, add it to okCodes or warningCodes");
    }

    private static Optional<Backup> left(OwnCommand command, Path result) throws IOException {
        if (!Files.exists(result)) {
            return Optional.empty();
        }
        return command.files().isPresent()
                ? WatchedFolder.list(result, command.files().get()).stream().findFirst()
                : WatchedFolder.backup(Disk.parent(result), result);
    }

    /** A copy of files that did not change is as old as they are; anything else was made by this run, or not at all. */
    private void requireNew(CompanyCommand own, OwnCommand command, Backup left, Instant started) {
        if (!command.copies() && left.changed().isBefore(started.minus(SKEW))) {
            throw new PermanentFault(
                    own.backup().name() + " left nothing new: " + left.path() + " was last written at "
                            + left.changed().truncatedTo(ChronoUnit.SECONDS),
                    "does result name what this command writes? If it copies files as they are, set copies: true");
        }
    }

    private static void requireSteady(Backup left) throws IOException {
        var after = WatchedFolder.backup(Disk.parent(left.path()), left.path());
        if (after.isEmpty() || !sizes(after.get()).equals(sizes(left))) {
            throw new TransientFault(
                    left.path() + " is still being written although the command has ended",
                    "have the command wait until its product is done");
        }
    }

    private static Map<Path, String> sizes(Backup backup) {
        return backup.files().stream()
                .collect(Collectors.toMap(Seen::path, file -> file.size() + " " + file.changed()));
    }

    /** Of a result that counts as a whole the name of its folder says nothing. */
    private static List<Artefact> collect(Step step, Backup left, boolean whole, Fingerprint fingerprint, Work work)
            throws IOException {
        var base = whole && left.folder() ? left.path() : Disk.parent(left.path());
        var artefacts = new ArrayList<Artefact>();
        var done = 0L;
        for (var file : left.files()) {
            work.checkCancelled();
            try (var copy = new ArtefactWriter(work.attemptFolder(), path(step, base.relativize(file.path())))) {
                Files.copy(file.path(), copy);
                var artefact = copy.finish();
                if (!artefact.sha256().equals(fingerprint.files().get(file.name()))) {
                    throw new TransientFault(
                            file.path() + " changed while it was collected",
                            "have the command wait until its product is done");
                }
                artefacts.add(artefact);
                done += artefact.size();
                work.progress(done, left.bytes(), "bytes");
            }
        }
        return artefacts;
    }

    private static String path(Step step, Path name) {
        var folder = step.part().kind().word().equals("share") ? "shares" : "directory";
        return folder + "/" + Names.encode(step.part().name()) + "/"
                + StreamSupport.stream(name.spliterator(), false)
                        .map(Path::toString)
                        .map(Names::encode)
                        .collect(Collectors.joining("/"));
    }

    private static ObjectNode recorded(CompanyCommand own, Backup left, Fingerprint fingerprint, ToolRun.Ended ended) {
        var recorded = JsonNodeFactory.instance.objectNode();
        recorded.put("program", own.backup().program())
                .put("exit", ended.exit())
                .put("folder", Disk.parent(left.path()).toString())
                .put("name", String.valueOf(left.path().getFileName()))
                .put("files", left.files().size())
                .put("bytes", left.bytes())
                .put("sha256", fingerprint.whole());
        if (left.files().size() <= LISTED) {
            var hashes = recorded.putObject("hashes");
            fingerprint.files().forEach(hashes::put);
        }
        return recorded;
    }

    /** What a wrong clock dates into the future leads back to now at most. */
    private Instant earlier(Instant changed) {
        var now = clock.instant();
        return changed.isAfter(now) ? now : changed;
    }

    private static RuntimeException unreadable(Path result, IOException error) {
        return new TransientFault(
                "what the command left in " + result + " cannot be read: "
                        + error.getClass().getSimpleName() + " " + error.getMessage(),
                "may the account that runs Poolkeeper read it?",
                error);
    }

    private static void tidy(Path folder) {
        try {
            Disk.delete(folder);
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }
}

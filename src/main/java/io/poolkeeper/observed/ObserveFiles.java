// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.observed.WatchedFolder.Backup;
import io.poolkeeper.set.BackupAge;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.site.Observation;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks what another product left of a part in a folder: the newest file or sub-folder whose name matches, that is not
 * empty and not being written. Nothing is copied; what was seen is recorded, with a hash.
 */
public final class ObserveFiles implements StepHandler {
    /** Of more files than these only one hash over all is recorded: a manifest stays small. */
    private static final int LISTED = 200;

    private final Site site;
    private final Clock clock;

    /**
     * Observes parts of a site.
     *
     * @param clock what ages are judged by
     */
    public ObserveFiles(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        var observation = site.observation(step.part());
        var folder = observation.path().orElseThrow(() -> unnamed(step));
        try {
            return observe(step, observation, folder, work);
        } catch (IOException e) {
            throw unreadable(step, folder, e);
        }
    }

    private static PermanentFault unnamed(Step step) {
        return new PermanentFault(
                "this worker's site file does not say where the backups of " + step.part() + " lie",
                "give all workers the same site file");
    }

    private Output.Captured observe(Step step, Observation observation, Path folder, Work work) throws IOException {
        var warnings = new ArrayList<String>();
        var skipped = JsonNodeFactory.instance.arrayNode();
        for (var backup : WatchedFolder.list(folder, observation.files())) {
            if (backup.bytes() == 0) {
                warnings.add(backup.path() + " is empty");
                continue;
            }
            warnings.addAll(judge(step, observation, backup, told(warnings, skipped)));
            var fingerprint = Fingerprint.of(backup, work);
            var after = WatchedFolder.backup(folder, backup.path());
            if (after.isPresent() && after.get().equals(backup)) {
                var recorded = recorded(folder, backup, fingerprint);
                recorded.put("max_age", observation.maxAge().toString());
                recorded.set("skipped", skipped);
                return new Output.Captured(List.of(), recorded, Map.of(), Level.FULL, null, warnings);
            }
            skipped.add(backup.path() + " is being written");
        }
        throw new PermanentFault(
                "no whole backup of " + step.part() + " lies in " + folder + " (" + observation.files() + ")"
                        + told(warnings, skipped),
                "did the other product run, and do folder and files under observed fit what it writes?");
    }

    /** What is wrong with newer ones. */
    private static String told(List<String> warnings, ArrayNode skipped) {
        var all = new ArrayList<>(warnings);
        skipped.forEach(text -> all.add(text.asText()));
        return all.isEmpty() ? "" : ". Newer ones do not count: " + String.join("; ", all);
    }

    private List<String> judge(Step step, Observation observation, Backup backup, String newer) throws IOException {
        return BackupAge.judge(
                step.part(),
                Duration.between(backup.changed(), clock.instant()),
                observation.maxAge(),
                backup.path() + ", written by " + owner(backup) + newer);
    }

    private ObjectNode recorded(Path folder, Backup backup, Fingerprint fingerprint) throws IOException {
        var recorded = JsonNodeFactory.instance.objectNode();
        var now = clock.instant();
        new ObservedBackup(
                        earlier(backup.changed(), now).truncatedTo(ChronoUnit.MILLIS),
                        owner(backup),
                        backup.path().toString())
                .write(recorded);
        recorded.put("folder", folder.toString())
                .put("name", backup.path().getFileName().toString())
                .put("files", backup.files().size())
                .put("bytes", backup.bytes())
                .put("sha256", fingerprint.whole());
        if (backup.files().size() <= LISTED) {
            var hashes = recorded.putObject("hashes");
            fingerprint.files().forEach(hashes::put);
        }
        return recorded;
    }

    /** What a wrong clock dates into the future leads back to now at most. */
    private static Instant earlier(Instant changed, Instant now) {
        return changed.isAfter(now) ? now : changed;
    }

    private static String owner(Backup backup) throws IOException {
        try {
            return "account " + Files.getOwner(backup.files().get(0).path()).getName();
        } catch (UnsupportedOperationException e) {
            return "an account that this file system does not tell";
        }
    }

    static StepFault unreadable(Step step, Path folder, IOException error) {
        var text = "looking for the backups of " + step.part() + " in " + folder + ": "
                + error.getClass().getSimpleName() + " " + error.getMessage();
        if (error instanceof NoSuchFileException || error instanceof NotDirectoryException) {
            return new PermanentFault(text, "correct folder under observed, or mount it", error);
        }
        return error instanceof AccessDeniedException
                ? new PermanentFault(text, "give the account that runs Poolkeeper the right to read it", error)
                : new TransientFault(text, "check the file server and the network", error);
    }
}

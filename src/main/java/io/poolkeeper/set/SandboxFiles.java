// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that a restore of small things leaves in {@link Work#sandbox}. They get their names when all of them are right
 * and are to stay: after a restore that is proven, and after a drill whose sandbox somebody wants to keep. Otherwise they
 * are gone when this is closed, and the folder with them if nothing else is in it. Not thread-safe.
 */
public final class SandboxFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Step step;
    private final Path folder;
    private final List<String> names = new ArrayList<>();

    /** Files for one step. */
    public SandboxFiles(Step step, Work work) {
        this.step = step;
        this.folder = work.sandbox();
    }

    /**
     * Begins a file.
     *
     * @param name one path segment, encoded by {@link Names}
     * @return to write it; close it before {@link #settle}
     * @throws io.poolkeeper.step.StepFault if a restore finds a file of that name there, or if it cannot be created
     */
    public OutputStream create(String name) {
        var file = unfinished(name);
        try {
            Disk.createFolders(folder);
            if (step.action() == Action.RESTORE && Files.exists(folder.resolve(name))) {
                throw new PermanentFault(
                        folder.resolve(name) + " is there already", "restore into an empty folder, or delete it first");
            }
            Files.deleteIfExists(file);
            var channel = Disk.create(file);
            names.add(name);
            return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
    }

    /** Where a file lies that was created and has not got its name yet. */
    public Path unfinished(String name) {
        return folder.resolve(".partial-" + step.attemptName() + "-" + name);
    }

    /**
     * Gives the files their names if they are to stay.
     *
     * @param judged what comparing them found, as {@link PartCheck} says it
     * @param note what should be read although it is proven; null if nothing
     * @return the same at depth {@code restored}, unless it ended before anything was restored
     */
    public Judged settle(Judged judged, @Nullable String note) {
        if (judged.depth() != Depth.CONTENT) {
            return judged;
        }
        var stays = step.action() == Action.RESTORE ? judged.verdict() == Verdict.PROVEN : step.keep();
        if (stays) {
            names.forEach(this::name);
            names.clear();
        }
        return new Judged(
                judged.verdict(),
                Depth.RESTORED,
                judged.damages(),
                judged.reason() == null ? note : judged.reason(),
                judged.bytes(),
                stays ? folder.toString() : null);
    }

    private void name(String name) {
        var file = folder.resolve(name);
        try {
            Files.deleteIfExists(file);
            Disk.rename(unfinished(name), file);
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
    }

    @Override
    public void close() {
        try {
            for (var name : names) {
                Files.deleteIfExists(unfinished(name));
            }
            if (Files.isDirectory(folder)) {
                deleteIfEmpty();
            }
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }

    private void deleteIfEmpty() throws IOException {
        boolean empty;
        try (var files = Files.list(folder)) {
            empty = files.findAny().isEmpty();
        }
        if (empty) {
            Files.delete(folder);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process owns a state folder. The operating system holds the lock, so it ends with the process; {@code owner.json},
 * readable by its owner alone, says how to talk to it.
 */
public final class StateOwner implements AutoCloseable {
    private static final String CARD = "owner.json";
    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    /**
     * How to talk to the owner.
     *
     * @param url of its REST interface, on loopback
     * @param token what its REST interface wants to see
     */
    public record Card(String url, String token, long pid, Instant since) {}

    private StateOwner(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes a state folder, if nobody has it.
     *
     * @throws NotStarted if the folder cannot be used
     */
    public static Optional<StateOwner> take(Path folder) {
        try {
            Disk.createFolders(folder);
            var channel = FileChannel.open(
                    folder.resolve("owner.lock"),
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                    Disk.fileRights());
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            Files.deleteIfExists(folder.resolve(CARD)); // of an owner that was killed
            return Optional.of(new StateOwner(folder, channel, lock));
        } catch (IOException e) {
            throw new NotStarted(
                    "the state folder " + folder + " cannot be used: " + e.getMessage()
                            + ". HINT: check state.dir and its permissions",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        }
    }

    /** How to talk to the owner of a folder; empty if it has none, or does not say so yet. */
    public static Optional<Card> find(Path folder) {
        try {
            return Optional.of(Json.read(Files.readString(folder.resolve(CARD)), Card.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedDocument e) {
            throw new NotStarted(
                    folder.resolve(CARD) + " cannot be read: " + e.getMessage()
                            + ". HINT: run this as the account that runs the coordinator",
                    e);
        }
    }

    /** Tells others how to talk to this process. */
    public void announce(Card card) {
        try {
            Disk.replace(folder.resolve(CARD), Json.pretty(card).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NotStarted("cannot write " + folder.resolve(CARD) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve(CARD));
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the state folder " + folder + " cannot be given back", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.Disk;
import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The folder that a restore fills, and nothing outside it. Thread-safe. */
final class Sandbox {
    private final Path root;
    private final Path unfinished;
    private final AtomicLong files = new AtomicLong();

    Sandbox(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.unfinished = this.root.resolve(".poolkeeper-" + UUID.randomUUID());
    }

    /** Where it lies. */
    Path root() {
        return root;
    }

    /**
     * Creates it.
     *
     * @throws io.poolkeeper.step.StepFault if it cannot be created, or is not empty: nothing is ever overwritten
     */
    void prepare() {
        try {
            Disk.createFolders(root);
            try (var there = Files.list(root)) {
                if (there.findAny().isPresent()) {
                    throw new PermanentFault(
                            root + " is not empty", "name a folder that is empty or does not exist yet");
                }
            }
            Disk.createFolders(unfinished);
        } catch (IOException e) {
            throw Faults.sandbox(root, e);
        }
    }

    /**
     * Where a path of the share goes.
     *
     * @throws IOException if there can be no such path here
     */
    Path at(String path) throws IOException {
        try {
            var file = root.resolve(path).normalize();
            if (file.startsWith(root) && !file.equals(root)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new IOException("cannot have this name on this system: " + e.getReason(), e);
        }
        throw new IOException("would lie outside the folder");
    }

    /** A name for a file that nobody shall see yet. */
    Path unfinished() {
        return unfinished.resolve(Long.toString(files.incrementAndGet()));
    }

    /**
     * Throws away what is unfinished.
     *
     * @throws IOException if it cannot be deleted
     */
    void tidy() throws IOException {
        Disk.delete(unfinished);
    }

    /**
     * Deletes it with all in it, also what was restored as read-only.
     *
     * @throws IOException if it cannot be deleted
     */
    void delete() throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(root, new MakeDeletable());
            Disk.delete(root);
        }
    }

    private static final class MakeDeletable extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes found) throws IOException {
            var posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (posix != null) {
                posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
            return visitFile(folder, found);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes found) throws IOException {
            var dos = Files.getFileAttributeView(file, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (dos != null && java.io.File.separatorChar == '\\') {
                dos.setReadOnly(false);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.Disk;
import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The folder that a restore fills, and nothing outside it. Thread-safe. */
final class Sandbox {
    private final Path root;
    private final boolean overwrites;
    private final Path unfinished;
    private final AtomicLong files = new AtomicLong();

    /** One that has to be empty. */
    Sandbox(Path root) {
        this(root, false);
    }

    /**
     * Fills a folder.
     *
     * @param overwrites whether files that are there give way
     */
    Sandbox(Path root, boolean overwrites) {
        this.root = root.toAbsolutePath().normalize();
        this.overwrites = overwrites;
        this.unfinished = this.root.resolve(".poolkeeper-" + UUID.randomUUID());
    }

    /** Where it lies. */
    Path root() {
        return root;
    }

    /**
     * Creates it.
     *
     * @throws io.poolkeeper.step.StepFault if it cannot be created, or is not empty and nothing may be overwritten
     */
    void prepare() {
        try {
            Disk.createFolders(root);
            if (!overwrites) {
                requireEmpty();
            }
            Disk.createFolders(unfinished);
        } catch (IOException e) {
            throw Faults.sandbox(root, e);
        }
    }

    private void requireEmpty() throws IOException {
        try (var there = Files.list(root)) {
            if (there.findAny().isPresent()) {
                throw new PermanentFault(
                        root + " is not empty",
                        "name a folder that is empty or does not exist yet, or say --overwrite: files of the same"
                                + " names are lost then, others stay");
            }
        }
    }

    /** Whether files that are there give way to what is restored; what is not restored stays. */
    boolean overwrites() {
        return overwrites;
    }

    /**
     * Makes a folder; one that is there stays as it is.
     *
     * @throws IOException if it cannot be made, or something else is there that must not give way
     */
    void folder(String path) throws IOException {
        var folder = at(path);
        if (overwrites && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            Files.delete(folder); // a file, or a link that would lead out of here
        }
        Files.createDirectory(folder, Disk.folderRights());
    }

    /**
     * Gives a finished file its name.
     *
     * @throws IOException if something has that name that must not give way: a file unless files are overwritten, a folder
     *     that is not empty ever
     */
    void name(Path finished, String path) throws IOException {
        if (overwrites) {
            Files.move(finished, at(path), StandardCopyOption.ATOMIC_MOVE); // the old one is there until the new one is
        } else {
            Files.move(finished, clear(path));
        }
    }

    /**
     * Makes room for a name.
     *
     * @throws IOException if something has that name that must not give way
     */
    Path clear(String path) throws IOException {
        var file = at(path);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!overwrites) {
                throw new FileAlreadyExistsException(file.toString(), null, "another file has its name");
            }
            Files.delete(file);
        }
        return file;
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

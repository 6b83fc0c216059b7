// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.schema.MalformedDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders for their owner alone, flushed to the disk. */
public final class Disk {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final int RENAME_TRIES = 20;

    private Disk() {}

    /** What a new folder is created with: rwx------ where the file system knows it. */
    public static FileAttribute<?>[] folderRights() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** What a new file is created with: rw------- where the file system knows it. */
    public static FileAttribute<?>[] fileRights() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** The folder that a file lies in. */
    public static Path parent(Path file) {
        var parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a file is wanted, not the root " + file);
        }
        return parent;
    }

    /**
     * Creates a folder and those above it that are missing.
     *
     * @throws IOException if it cannot be created
     */
    public static Path createFolders(Path folder) throws IOException {
        return Files.createDirectories(folder, folderRights());
    }

    /**
     * Opens a new file for writing.
     *
     * @throws IOException if it is there already, or cannot be created
     */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, java.util.Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), fileRights());
    }

    /**
     * Reads a small text file of ours.
     *
     * @throws IOException if it cannot be read
     * @throws MalformedDocument if it can, and is not UTF-8: that is damage
     */
    public static String text(Path file) throws IOException {
        return text(file, Files.readAllBytes(file));
    }

    /**
     * The text of a small file of ours that was read.
     *
     * @throws MalformedDocument if it is not UTF-8: that is damage
     */
    static String text(Path file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedDocument(file.getFileName() + " is not UTF-8 text", e);
        }
    }

    /**
     * Writes a small new file and flushes it.
     *
     * @throws IOException if it is there already, or cannot be written
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        try (var channel = create(file)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /**
     * Writes a file that becomes visible whole or not at all, replacing an earlier one.
     *
     * @throws IOException if it cannot be written
     */
    public static void replace(Path file, byte[] bytes) throws IOException {
        var unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(unfinished);
        write(unfinished, bytes);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        flushFolder(parent(file));
    }

    /**
     * Makes the entries of a folder durable; Windows does so by itself and refuses to open folders.
     *
     * @throws IOException if the folder cannot be flushed
     */
    public static void flushFolder(Path folder) throws IOException {
        if (POSIX) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Renames a file or folder within a volume, trying again for two seconds while a virus scanner holds it (Windows).
     *
     * @throws IOException if it cannot be renamed
     */
    public static void rename(Path from, Path to) throws IOException {
        for (var attempt = 1; ; attempt++) {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (AtomicMoveNotSupportedException e) {
                throw new IOException(from + " and " + to + " do not lie on one volume", e);
            } catch (AccessDeniedException e) {
                if (attempt == RENAME_TRIES) {
                    throw e;
                }
                pause(100);
            }
        }
    }

    /**
     * Deletes a folder with all in it; fine if it is not there. Links are deleted, never followed.
     *
     * @throws IOException if something cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, java.io.IOException error) throws IOException {
                    if (error != null) {
                        throw error;
                    }
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            if (Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a file to become free", e);
        }
    }
}

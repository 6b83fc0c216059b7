// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A folder in which another product leaves its backups: each a file, or a sub-folder with all that is in it. */
final class WatchedFolder {
    private WatchedFolder() {}

    /**
     * A file of a backup.
     *
     * @param path absolute
     * @param name from the watched folder, with forward slashes
     */
    record Seen(Path path, String name, long size, Instant changed) {}

    /**
     * One backup.
     *
     * @param files sorted by name; never empty
     * @param folder whether it is a sub-folder
     */
    record Backup(Path path, boolean folder, List<Seen> files) {
        Instant changed() {
            return files.stream()
                    .map(Seen::changed)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
        }

        long bytes() {
            return files.stream().mapToLong(Seen::size).sum();
        }
    }

    /**
     * The backups whose names match, newest first. Links are not followed: what they lead to is not in this folder.
     *
     * @throws java.nio.file.NoSuchFileException if the folder is not there
     */
    static List<Backup> list(Path folder, String glob) throws IOException {
        var backups = new ArrayList<Backup>();
        try (var children = Files.newDirectoryStream(folder, glob)) {
            for (var child : children) {
                if (isHidden(child) && !glob.startsWith(".")) {
                    continue; // a file server's own snapshots, and what is still being copied
                }
                backup(folder, child).ifPresent(backups::add);
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        backups.sort(Comparator.comparing(Backup::changed).reversed());
        return backups;
    }

    private static boolean isHidden(Path child) {
        return String.valueOf(child.getFileName()).startsWith(".");
    }

    /** A backup as it is now; empty if there is no file in it. */
    static Optional<Backup> backup(Path folder, Path child) throws IOException {
        var files = new ArrayList<Seen>();
        try (var tree = Files.walk(child)) {
            for (var file : (Iterable<Path>) tree::iterator) {
                var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (facts.isRegularFile()) {
                    files.add(new Seen(
                            file,
                            folder.relativize(file).toString().replace('\\', '/'),
                            facts.size(),
                            facts.lastModifiedTime().toInstant()));
                }
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        files.sort(Comparator.comparing(Seen::name));
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Backup(child, Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS), List.copyOf(files)));
    }
}

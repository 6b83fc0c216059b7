// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the things of a lab lie.
 *
 * @param path the lab's folder
 */
public record LabFolder(Path path) {
    /** What a start makes anew; the product's own folders (vault, state) and the outbox stay as they are. */
    private static final List<String> MADE_ANEW =
            List.of("ocs2007", "shares", "ocs", "bin", "certs", "secrets", "sql", "vss", "site.yaml", "lab.json");

    private static final String MARKER = ".lab";

    /**
     * Makes the folder ready for a start.
     *
     * @throws IOException if a lab runs in it or something else is there, or if it cannot be written
     */
    public void prepare() throws IOException {
        var running = RunningLab.in(this);
        if (running.isPresent()) {
            throw new IOException("%s: a lab runs here already, process %d. HINT: poolkeeper lab stop --dir %s"
                    .formatted(path, running.get().process().pid(), path));
        }
        claim();
        for (var name : MADE_ANEW) {
            delete(path.resolve(name));
        }
        Files.createDirectory(
                secrets(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(path.resolve("certs"));
    }

    /**
     * Makes the folder, if need be, and marks it as a lab's.
     *
     * @throws IOException if something else than a lab is in it, or if it cannot be written
     */
    public void claim() throws IOException {
        check();
        Files.createDirectories(path);
        Files.writeString(path.resolve(MARKER), "A lab of Poolkeeper. Starting it makes most of this folder anew.\n");
    }

    /**
     * Refuses a folder that holds something else than a lab, so that nobody's files are deleted.
     *
     * @throws IOException saying so
     */
    public void check() throws IOException {
        if (Files.exists(path) && !isLab() && !isEmpty()) {
            throw new IOException(path + ": not empty and not a lab. HINT: name an empty or a new folder with --dir");
        }
    }

    /** Whether a lab was started here before. */
    public boolean isLab() {
        return Files.exists(path.resolve(MARKER));
    }

    private boolean isEmpty() throws IOException {
        try (var entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Ports and passwords of the running lab; missing while it does not run. */
    public Path labJson() {
        return path.resolve("lab.json");
    }

    /** The site file for the product. */
    public Path siteFile() {
        return path.resolve("site.yaml");
    }

    /** What the lab's own process says. */
    public Path log() {
        return path.resolve("lab.log");
    }

    /** Files with one secret each. */
    public Path secrets() {
        return path.resolve("secrets");
    }

    /** What clients of the directory must trust. */
    public Path certificate() {
        return path.resolve("certs").resolve("dc1.pem");
    }

    /** What an SQL instance sees as its folder for backups. */
    public Path backups(String key) {
        return path.resolve("sql").resolve(key).resolve("backup");
    }

    /** Where wbadmin leaves its images; stands for a share. */
    public Path images() {
        return path.resolve("images");
    }

    /** Received messages. */
    public Path outbox(String kind) {
        return path.resolve("outbox").resolve(kind);
    }

    /** Removes ports and passwords: the lab no longer runs. */
    public void forgetRun() {
        try {
            Files.deleteIfExists(labJson());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + labJson(), e);
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

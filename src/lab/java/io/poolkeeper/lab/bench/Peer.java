// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The programs that administrators use for this, with the options that their manuals begin with. */
enum Peer implements Contender {
    RESTIC("its defaults: zstd, encrypted", "version") {
        @Override
        public void prepare(Path folder, Path tree) throws IOException, InterruptedException {
            run(folder, "restic", "init", "--quiet", "--repo", "repository");
        }

        @Override
        public Optional<List<String>> command(Task task, Path folder, Path tree, Path target) {
            return switch (task) {
                case FULL, AGAIN -> words("restic", "--repo", "repository", "--quiet", "backup", tree.toString());
                case RESTORE ->
                    words(
                            "restic",
                            "--repo",
                            "repository",
                            "--quiet",
                            "restore",
                            "latest",
                            "--target",
                            target.toString());
                case START, RUNNING -> Optional.empty();
            };
        }
    },
    BORG("its defaults: lz4; not encrypted", "--version") {
        @Override
        public void prepare(Path folder, Path tree) throws IOException, InterruptedException {
            run(folder, "borg", "init", "--encryption", "none", "repository");
        }

        @Override
        public Optional<List<String>> command(Task task, Path folder, Path tree, Path target) {
            return switch (task) {
                case FULL -> words("borg", "create", "repository::full", tree.toString());
                case AGAIN -> words("borg", "create", "repository::again", tree.toString());
                case RESTORE -> words("borg", "extract", folder.resolve("repository") + "::full");
                case START, RUNNING -> Optional.empty();
            };
        }

        @Override
        public Path workingFolder(Task task, Path folder, Path target) {
            return task == Task.RESTORE ? target : folder;
        }
    },
    RSYNC("-a: a copy, neither compressed nor hashed", "--version") {
        @Override
        public Optional<List<String>> command(Task task, Path folder, Path tree, Path target) {
            return switch (task) {
                case FULL, AGAIN -> words("rsync", "-a", tree.toString(), "copy/");
                case RESTORE -> words("rsync", "-a", "copy/", target.toString());
                case START, RUNNING -> Optional.empty();
            };
        }

        @Override
        public Path restored(Path target, Path tree) {
            return target.resolve(tree.getFileName());
        }
    },
    TAR("-z, GNU incremental: deflate, not hashed", "--version") {
        @Override
        public Optional<List<String>> command(Task task, Path folder, Path tree, Path target) {
            return switch (task) {
                case FULL -> words("tar", "-cPzf", "full.tar.gz", "-g", "list", tree.toString());
                case AGAIN -> words("tar", "-cPzf", "again.tar.gz", "-g", "list", tree.toString());
                case RESTORE ->
                    words("tar", "-xzf", folder.resolve("full.tar.gz").toString());
                case START, RUNNING -> Optional.empty();
            };
        }

        @Override
        public Path workingFolder(Task task, Path folder, Path target) {
            return task == Task.RESTORE ? target : folder;
        }
    };

    private final String options;
    private final String askVersion;

    Peer(String options, String askVersion) {
        this.options = options;
        this.askVersion = askVersion;
    }

    @Override
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> version() throws IOException, InterruptedException {
        return Version.of(List.of(title(), askVersion)).map(version -> version + ", " + options);
    }

    @Override
    public void prepare(Path folder, Path tree) throws IOException, InterruptedException {
        Files.createDirectories(folder);
    }

    /** The repository holds nothing but made-up files. */
    @Override
    public Map<String, String> environment() {
        return Map.of(
                "RESTIC_PASSWORD",
                "made-up files",
                "RESTIC_CACHE_DIR",
                "cache",
                "BORG_BASE_DIR",
                "borg",
                "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK",
                "yes");
    }

    @Override
    public Path restored(Path target, Path tree) {
        return target.resolve(tree.getRoot().relativize(tree));
    }

    void run(Path folder, String... command) throws IOException, InterruptedException {
        new Stopwatch(folder.resolve("prepare.log")).run(List.of(command), environment(), folder);
    }

    private static Optional<List<String>> words(String... command) {
        return Optional.of(List.of(command));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.PartCheck.StoredPart;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The access lists of a restored share, as a file for Windows' own {@code icacls DIR /restore FILE}: UTF-16 without a mark at
 * its start, and of each name two lines, its path and its list. Owners and groups are not in it: {@code icacls} has no words
 * for them here; they stand in the list of the set.
 */
final class AccessLists {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "SYSTEMROOT", "SystemRoot", "TEMP", "TMP");

    private final Path root;
    private final Path file;
    private final List<String> program;
    private final NameSample bad = new NameSample();
    private long count;

    private AccessLists(Path root, List<String> program) {
        this.root = root;
        this.program = program;
        this.file = root.resolveSibling(root.getFileName() + ".icacls");
    }

    /**
     * Writes the file beside a restored share, and on Windows has it applied.
     *
     * @param pattern what was restored of it; null for all
     * @return what somebody should read; empty if the share has no access lists, or all were set
     */
    static Optional<String> restore(StoredPart stored, @Nullable String pattern, Path root) {
        return restore(stored, pattern, root, File.separatorChar == '\\' ? List.of("icacls") : List.of());
    }

    /**
     * The same with another program.
     *
     * @param program icacls; empty where there is none
     */
    static Optional<String> restore(StoredPart stored, @Nullable String pattern, Path root, List<String> program) {
        var lists = new AccessLists(root, program);
        try {
            var list = FileList.checked(stored.setFolder(), stored.part());
            var selection = pattern == null ? null : Selection.matching(list, pattern);
            if (!lists.write(list, selection)) {
                return Optional.empty();
            }
            return lists.told();
        } catch (IOException | MalformedDocument e) {
            return Optional.of("the access lists could not be written to " + lists.file + ": " + Faults.text(e));
        }
    }

    /** Whether there was anything to write. */
    private boolean write(Path list, @Nullable Selection selection) throws IOException {
        try (var reader = new FileListReader(list)) {
            BufferedWriter out = null;
            try {
                for (var line = reader.next(); line != null; line = reader.next()) {
                    var sddl = line.extras().sddl();
                    if (sddl == null || (selection != null && !selection.takes(line))) {
                        continue;
                    }
                    if (out == null) {
                        out = new BufferedWriter(Channels.newWriter(Disk.create(file), StandardCharsets.UTF_16LE));
                    }
                    write(out, line.path(), sddl);
                }
            } finally {
                if (out != null) {
                    out.close();
                }
            }
            return out != null;
        }
    }

    private void write(BufferedWriter out, String path, String sddl) throws IOException {
        try {
            var access = SecurityDescriptor.parse(sddl).accessSddl();
            if (!access.isEmpty() && path.chars().noneMatch(c -> c < ' ')) {
                out.write(path.replace('/', '\\') + "\r\n" + access + "\r\n");
                count++;
                return;
            }
        } catch (SecurityDescriptor.NotUnderstood e) {
            bad.add(path);
            return;
        }
        bad.add(path);
    }

    private Optional<String> told() throws IOException {
        var problems = new ArrayList<String>();
        if (bad.count() > 0) {
            problems.add("no access list can be written for " + bad);
        }
        if (program.isEmpty()) {
            problems.add("the access lists of " + count + " names cannot be set on this system and lie in " + file
                    + ": on Windows run, as an administrator, icacls FOLDER /restore FILE");
        } else {
            var why = apply();
            if (why != null) {
                problems.add("icacls did not set all access lists (" + why + "); they lie in " + file);
            }
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    /** Why they are not all set; null if they are. */
    private @Nullable String apply() throws IOException {
        var command = new ArrayList<>(program);
        command.addAll(List.of(root.toString(), "/restore", file.toString(), "/c", "/q"));
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return "it did not end";
            }
            return process.exitValue() == 0 ? null : "it ended with " + process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was interrupted";
        } finally {
            process.destroyForcibly();
        }
    }
}

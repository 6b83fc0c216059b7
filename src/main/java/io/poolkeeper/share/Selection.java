// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What of a share is restored: all of it, or what fits a pattern and the folders that lead there. */
final class Selection {
    private final boolean all;
    private final Set<String> folders = new HashSet<>();
    private final PathMatcher pattern;
    private TreeSum sum;

    private Selection(boolean all, TreeSum sum, PathMatcher pattern) {
        this.all = all;
        this.sum = sum;
        this.pattern = pattern;
    }

    /** All of it. */
    static Selection all(TreeSum recorded) {
        return new Selection(true, recorded, path -> true);
    }

    /**
     * What fits a pattern, without regard to case, as Windows compares names. A folder that fits is taken with all that is in
     * it.
     *
     * @param glob relative to the share, with slashes, e.g. {@code conf-0007/**.ppt}
     * @throws IOException if the list cannot be read
     */
    static Selection matching(Path list, String glob) throws IOException {
        var wanted = glob.replace('\\', '/').replaceFirst("^/+", "").replaceFirst("/+$", "");
        var selection = new Selection(
                false,
                new TreeSum(0, 0, 0, 0, ""),
                FileSystems.getDefault().getPathMatcher("glob:" + wanted.toLowerCase(Locale.ROOT)));
        try (var lines = new FileListReader(list)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (selection.fits(line.path())) {
                    selection.leadTo(line.path());
                }
            }
        }
        var digest = new TreeDigest();
        try (var lines = new FileListReader(list)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (selection.takes(line)) {
                    digest.line(line);
                }
            }
        }
        selection.sum = digest.sum();
        return selection;
    }

    private void leadTo(String path) {
        for (var parent = SharePath.parent(path); !parent.isEmpty(); parent = SharePath.parent(parent)) {
            if (!folders.add(parent)) {
                return;
            }
        }
    }

    /** A path fits if it, or a folder that it lies in, fits the pattern. */
    private boolean fits(String path) {
        for (var part = path; !part.isEmpty(); part = SharePath.parent(part)) {
            if (pattern.matches(Path.of(part.toLowerCase(Locale.ROOT)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line is restored. */
    boolean takes(FileLine line) {
        return all || (line.is(NodeType.FOLDER) && folders.contains(line.path())) || fits(line.path());
    }

    /** Whether nothing fits. */
    boolean isEmpty() {
        return !all && tree().files() + tree().folders() + tree().links() == 0;
    }

    /** What must lie there afterwards. */
    TreeSum tree() {
        return sum;
    }
}

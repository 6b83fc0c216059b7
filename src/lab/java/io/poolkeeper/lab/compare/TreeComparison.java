// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Compares two folders: files by path, size, bytes and time of change, and folders that hold nothing. */
public final class TreeComparison {
    private TreeComparison() {}

    /** The differences between two folders. */
    public static List<Difference> compare(String part, Path live, Path restored) throws IOException {
        var liveTree = Tree.of(live);
        var restoredTree = Tree.of(restored);
        var paths = new TreeSet<>(liveTree.files().keySet());
        paths.addAll(restoredTree.files().keySet());
        var differences = new ArrayList<>(paths.parallelStream()
                .map(path -> FileFacts.difference(
                        part,
                        path,
                        liveTree.files().get(path),
                        restoredTree.files().get(path)))
                .filter(Objects::nonNull)
                .toList());
        for (var folder : liveTree.emptyFolders()) {
            if (!restoredTree.folders().contains(folder)) {
                differences.add(new Difference(part, folder + "/", "empty folder", Difference.ABSENT));
            }
        }
        for (var folder : restoredTree.emptyFolders()) {
            if (!liveTree.folders().contains(folder)) {
                differences.add(new Difference(part, folder + "/", Difference.ABSENT, "empty folder"));
            }
        }
        return differences;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The folders that the present line of a list lies in. Since a list names each folder before what is in it, a line whose
 * parent is not on top leads somewhere that the list did not create: through a link, for one. Not thread-safe.
 */
final class FolderStack {
    private final Deque<FileLine> folders = new ArrayDeque<>();
    private final Consumer<FileLine> left;

    /** Tells of each folder after the last line below it, the deepest first. */
    FolderStack(Consumer<FileLine> left) {
        this.left = left;
    }

    /**
     * Moves on to a line.
     *
     * @return whether its parent is a folder of the list
     */
    boolean enter(FileLine line) {
        while (!folders.isEmpty()
                && !SharePath.below(line.path(), folders.element().path())) {
            left.accept(folders.pop());
        }
        var parent = folders.isEmpty() ? "" : folders.element().path();
        if (!SharePath.parent(line.path()).equals(parent)) {
            return false;
        }
        if (line.is(NodeType.FOLDER)) {
            folders.push(line);
        }
        return true;
    }

    /** Leaves all that are left. */
    void finish() {
        while (!folders.isEmpty()) {
            left.accept(folders.pop());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a share in the order of {@link SharePath}: each folder before what is in it, nothing below a link. Holds
 * the names of the folders that it is in, no more. Not thread-safe.
 */
final class Walk {
    private final FileTree tree;
    private final Predicate<String> excluded;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final boolean empty;
    private long excludedCount;

    /** One folder on the way down. */
    private record Level(String entry, Siblings names, Map<String, Facts> facts) {}

    /**
     * Starts at the share's root.
     *
     * @param excluded names of files that are left out
     * @throws io.poolkeeper.step.StepFault if the root cannot be listed
     */
    Walk(FileTree tree, Predicate<String> excluded) {
        this.tree = tree;
        this.excluded = excluded;
        try {
            var root = level("", "");
            this.empty = !root.names().hasNext();
            levels.push(root);
        } catch (IOException e) {
            throw Faults.root(tree.name(), e);
        }
    }

    /** Whether there is nothing at all in the root. */
    boolean foundNothing() {
        return empty;
    }

    /** How many files were left out so far. */
    long excluded() {
        return excludedCount;
    }

    /** The next name; null after the last. */
    @Nullable Node next() {
        while (!levels.isEmpty()) {
            var level = levels.element();
            if (!level.names().hasNext()) {
                levels.pop();
                continue;
            }
            var node = node(level, level.names().next());
            if (!node.facts().is(NodeType.FILE) || !excluded.test(node.path())) {
                return node;
            }
            excludedCount++;
        }
        return null;
    }

    private Node node(Level level, Siblings.Sibling name) {
        var facts = name.problem() == null ? facts(level, name.path()) : Facts.unreadable(name.problem());
        var node = new Node(name.path(), SharePath.in(level.entry(), name.entry()), facts);
        return facts.is(NodeType.FOLDER) ? entered(node) : node;
    }

    private Facts facts(Level level, String path) {
        var listed = level.facts().isEmpty() ? null : level.facts().get(SharePath.name(path));
        return listed == null ? tree.look(path) : listed;
    }

    private Level level(String entry, String folder) throws IOException {
        var listing = tree.list(folder);
        return new Level(entry, new Siblings(folder, listing.names()), listing.facts());
    }

    private Node entered(Node folder) {
        try {
            levels.push(level(folder.entry(), folder.path()));
            return folder;
        } catch (NoSuchFileException e) {
            return folder.with(Facts.GONE);
        } catch (IOException e) {
            return folder.with(Facts.unreadable("cannot be listed: " + Faults.text(e)));
        }
    }
}

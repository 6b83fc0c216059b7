// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * The owners and access lists of names whose bytes need not be read: of folders, and of files that have the same content as in
 * the base. Asked for only where something changed since then. Thread-safe.
 */
final class Dressing {
    private final FileTree tree;

    Dressing(FileTree tree) {
        this.tree = tree;
    }

    /** Whether nothing has to be asked: the base knows it, or there is nothing to know. */
    boolean isKnown(@Nullable FileLine before, Node now) {
        if (!tree.hasAccessLists()
                || !(now.facts().is(NodeType.FILE) || now.facts().is(NodeType.FOLDER))) {
            return true;
        }
        return before != null
                && before.extras().sddl() != null
                && before.facts().equals(now.facts())
                && now.facts().changed() != null;
    }

    /** What the base says of it, if that still holds. */
    static Extras known(@Nullable FileLine before, Node now) {
        return before != null && before.facts().equals(now.facts()) ? before.extras() : Extras.NONE;
    }

    /**
     * Asks.
     *
     * @param before of a file: where its bytes lie
     */
    Taken ask(Node node, @Nullable FileLine before) {
        return before != null && node.facts().is(NodeType.FILE)
                ? new Taken(
                        new FileLine(node.path(), node.facts(), before.content(), extras(node.path())),
                        Taken.How.UNCHANGED)
                : new Taken(new FileLine(node.path(), node.facts(), null, extras(node.path())), Taken.How.LISTED);
    }

    /** Of a file whose bytes lie somewhere already. */
    Extras of(Node now, FileLine before) {
        return isKnown(before, now) ? known(before, now) : extras(now.path());
    }

    /** Of the share itself, which has no line in a list. */
    Extras root() {
        return tree.hasAccessLists() ? extras("") : Extras.NONE;
    }

    /** What went away meanwhile stays in the list, as all does that the walk came by: what was in a folder may be in it. */
    private Extras extras(String path) {
        try {
            return tree.describe(path);
        } catch (NoSuchFileException e) {
            return Extras.NONE;
        } catch (IOException e) {
            return new Extras(null, Faults.text(e), 0, 0, false);
        }
    }
}

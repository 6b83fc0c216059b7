// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;

/** A tree under the name by which people know it, wherever it is read from. */
record NamedTree(String name, FileTree tree) implements FileTree {
    @Override
    public Listing list(String folder) throws IOException {
        return tree.list(folder);
    }

    @Override
    public Facts look(String path) {
        return tree.look(path);
    }

    @Override
    public OpenFile open(String path) throws IOException {
        return tree.open(path);
    }

    @Override
    public boolean hasAccessLists() {
        return tree.hasAccessLists();
    }

    @Override
    public Extras describe(String path) throws IOException {
        return tree.describe(path);
    }

    @Override
    public void close() {
        tree.close();
    }
}

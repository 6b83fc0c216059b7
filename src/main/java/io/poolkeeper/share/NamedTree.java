// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A tree under the name by which people know it, wherever it is read from. */
record NamedTree(String name, FileTree tree) implements FileTree {
    @Override
    public List<String> list(String folder) throws IOException {
        return tree.list(folder);
    }

    @Override
    public Facts look(String path) {
        return tree.look(path);
    }

    @Override
    public InputStream open(String path) throws IOException {
        return tree.open(path);
    }
}

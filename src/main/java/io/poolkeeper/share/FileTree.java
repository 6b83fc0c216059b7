// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A share as it is read: what is the same for a local folder, a mapped UNC path and, one day, an SMB client. Paths are
 * those of {@link SharePath}. Thread-safe.
 */
interface FileTree {
    /**
     * The names in a folder, in any order.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it cannot be listed
     */
    List<String> list(String folder) throws IOException;

    /** What a path stands for now; never throws: what cannot be read is unreadable, what is not there is gone. */
    Facts look(String path);

    /**
     * Opens a file for reading; a link in its place is refused.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it cannot be opened
     */
    InputStream open(String path) throws IOException;

    /** What a person would call it. */
    String name();
}

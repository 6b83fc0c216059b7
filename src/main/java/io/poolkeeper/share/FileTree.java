// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;

/**
 * A share as it is read: what is the same for a local folder, a mapped UNC path and an SMB client. Paths are those of
 * {@link SharePath}. Thread-safe; what is lost in the middle (a file server that is gone) is a StepFault of every method,
 * never an unreadable name.
 */
interface FileTree extends AutoCloseable {
    /**
     * The names in a folder, in any order.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it cannot be listed
     */
    Listing list(String folder) throws IOException;

    /** What a path stands for now: what cannot be read is unreadable, what is not there is gone. */
    Facts look(String path);

    /**
     * Opens a file for reading; a link in its place is refused.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it cannot be opened
     */
    OpenFile open(String path) throws IOException;

    /** Whether names have an owner and an access list that belong into a backup. Then {@link #describe} costs a round trip. */
    boolean hasAccessLists();

    /**
     * What of a file or folder is not its content.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it cannot be opened at all
     */
    Extras describe(String path) throws IOException;

    /** What a person would call it. */
    String name();

    @Override
    void close();
}

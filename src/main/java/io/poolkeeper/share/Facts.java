// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a file system says about one name, without its content. Two equal facts of a file mean that it has not changed.
 *
 * @param size in bytes; 0 for all but files
 * @param modified UTC, as exact as the file system keeps it; null only for what is unreadable or gone
 * @param created UTC; null where there is none, or where it is the same as {@code modified}
 * @param attributes DOS attributes as letters of {@code RHS}; null where there are none
 * @param mode POSIX permissions, e.g. {@code rw-r-----}; null where there are none
 * @param target where a link points, as it is written in the link; null for all but links
 * @param problem why it is unreadable; null if it is not
 */
record Facts(
        NodeType type,
        long size,
        @Nullable Instant modified,
        @Nullable Instant created,
        @Nullable String attributes,
        @Nullable String mode,
        @Nullable String target,
        @Nullable String problem) {
    /** What was there a moment ago. */
    static final Facts GONE = new Facts(NodeType.GONE, 0, null, null, null, null, null, null);

    /** What is there and cannot be read. */
    static Facts unreadable(String problem) {
        return new Facts(NodeType.UNREADABLE, 0, null, null, null, null, null, problem);
    }

    boolean is(NodeType wanted) {
        return type == wanted;
    }

    /** When it was modified; for what is there and can be read. */
    Instant time() {
        return modified == null ? Instant.EPOCH : modified;
    }

    /** The same with the size that was really read. */
    Facts withSize(long read) {
        return read == size ? this : new Facts(type, read, modified, created, attributes, mode, target, problem);
    }
}

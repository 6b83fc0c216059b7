// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a file system says about one name, without its content.
 *
 * <p>Two facts that agree in all but {@code changed} mean that a file has the same content. If they agree in that, too, its
 * owner, its access list and its streams are the same as well: a change of an access list alone moves nothing else.
 *
 * @param size in bytes; 0 for all but files
 * @param modified UTC, as exact as the file system keeps it; null only for what is unreadable or gone
 * @param created UTC; null where there is none, or where it is the same as {@code modified}
 * @param attributes DOS attributes as letters of {@code RHS}; null where there are none
 * @param mode POSIX permissions, e.g. {@code rw-r-----}; null where there are none
 * @param target where a link points, as it is written in the link; null for all but links
 * @param problem why it is unreadable; null if it is not
 * @param changed UTC, when anything of it was changed last, also its access list (Windows calls it ChangeTime); null
 *     where nobody tells. Nobody does where it is the same as {@code modified}: Samba shows the time of writing in its place
 */
record Facts(
        NodeType type,
        long size,
        @Nullable Instant modified,
        @Nullable Instant created,
        @Nullable String attributes,
        @Nullable String mode,
        @Nullable String target,
        @Nullable String problem,
        @Nullable Instant changed) {
    /** Facts of a file system without access lists. */
    Facts(
            NodeType type,
            long size,
            @Nullable Instant modified,
            @Nullable Instant created,
            @Nullable String attributes,
            @Nullable String mode,
            @Nullable String target,
            @Nullable String problem) {
        this(type, size, modified, created, attributes, mode, target, problem, null);
    }

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
        return read == size ? this : with(read, changed);
    }

    /** Whether a file has the same content, whatever became of its access list. */
    boolean sameContent(Facts others) {
        return Objects.equals(changed, others.changed)
                ? equals(others)
                : with(size, others.changed).equals(others);
    }

    private Facts with(long bytes, @Nullable Instant moment) {
        return new Facts(type, bytes, modified, created, attributes, mode, target, problem, moment);
    }
}

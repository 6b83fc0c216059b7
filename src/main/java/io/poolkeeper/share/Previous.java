// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The list of the base, read along with a walk: both are in the same order, so neither has to be kept. Counts what is no
 * longer there. Not thread-safe.
 */
final class Previous implements AutoCloseable {
    private final @Nullable FileListReader reader;
    private @Nullable FileLine ahead;
    private @Nullable String unlisted;
    private long deletedCount;

    /**
     * Reads along with a list.
     *
     * @param reader closed together with this; null if there is nothing to compare with
     */
    Previous(@Nullable FileListReader reader) {
        this.reader = reader;
        this.ahead = read();
    }

    /** What the base says of a path that comes after all that were asked for before; null if it knows nothing. */
    @Nullable FileLine at(String path) {
        while (ahead != null && SharePath.compare(ahead.path(), path) < 0) {
            pass(ahead);
        }
        var line = ahead;
        if (line == null || !line.path().equals(path)) {
            return null;
        }
        ahead = read();
        return line;
    }

    /** Says that nobody knows what is below a folder, so that it does not count as deleted. */
    void unlisted(String folder) {
        unlisted = folder;
    }

    /** Reads to the end. */
    void finish() {
        while (ahead != null) {
            pass(ahead);
        }
    }

    /** How many files and links are no longer there. */
    long deleted() {
        return deletedCount;
    }

    private void pass(FileLine line) {
        var unknown = unlisted != null && SharePath.below(line.path(), unlisted);
        if (!unknown && (line.is(NodeType.FILE) || line.is(NodeType.LINK))) {
            deletedCount++;
        }
        ahead = read();
    }

    private @Nullable FileLine read() {
        try {
            return reader == null ? null : reader.next();
        } catch (IOException e) {
            throw new TransientFault(
                    "cannot read the file list of the base: " + Faults.text(e), "check the vault's volume", e);
        } catch (MalformedDocument e) {
            throw new PermanentFault("the base's " + e.getMessage(), "take a full backup", e);
        }
    }

    @Override
    public void close() {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException e) {
            throw new TransientFault("cannot close the file list of the base", "check the vault's volume", e);
        }
    }
}

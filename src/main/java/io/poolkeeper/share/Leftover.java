// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier attempt of the same step left when it was killed: the files whose segments it had closed need not be read
 * and compressed again. Its list ends somewhere; it is read as far as it goes, along with the walk. Used by one thread, but
 * for {@link #segments}.
 */
final class Leftover implements AutoCloseable {
    private static final Leftover NONE = new Leftover(null, "", new OpenSegments((set, segment) -> Path.of(segment)));

    private @Nullable FileListReader list;
    private final String set;
    private final OpenSegments segments;
    private @Nullable FileLine ahead;

    private Leftover(@Nullable FileListReader list, String set, OpenSegments segments) {
        this.list = list;
        this.set = set;
        this.segments = segments;
        this.ahead = read();
    }

    /** Looks for it beside the attempt's own folder, the latest first. */
    static Leftover of(Step step, Work work) {
        for (var attempt = step.attempt() - 1; attempt > 0; attempt--) {
            var folder = work.attemptFolder()
                    .resolveSibling(step.attemptName(attempt))
                    .resolve(FileList.folder(step.part()));
            var list = open(folder.resolve(FileList.FILE));
            if (list != null) {
                return new Leftover(
                        list, step.requiredSet(), new OpenSegments((set, segment) -> folder.resolve(segment)));
            }
        }
        return NONE;
    }

    private static @Nullable FileListReader open(Path list) {
        if (!Files.isRegularFile(list)) {
            return null;
        }
        try {
            return new FileListReader(list);
        } catch (IOException | MalformedDocument e) {
            return null; // it was killed before it had written a line
        }
    }

    /** What is known of a file that has not changed since, if its segments were closed; null if it has to be read. */
    @Nullable FileLine at(Node file) {
        while (ahead != null && SharePath.compare(ahead.path(), file.path()) < 0) {
            ahead = read();
        }
        var line = ahead;
        return line != null
                        && line.path().equals(file.path())
                        && line.facts().equals(file.facts())
                        && line.held().set().equals(set)
                        && isClosed(line.held())
                ? line
                : null;
    }

    private boolean isClosed(FileLine.Content content) {
        try {
            for (var piece = 0; piece < content.segments().size(); piece++) {
                segments.get(set, content.segments().get(piece)).entry(content.entry(piece));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the bytes lie. */
    OpenSegments segments() {
        return segments;
    }

    private @Nullable FileLine read() {
        try {
            return list == null ? null : list.next();
        } catch (IOException | MalformedDocument e) {
            end(); // as far as it was written when the attempt was killed
            return null;
        }
    }

    private void end() {
        try {
            if (list != null) {
                list.close();
                list = null;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        segments.close();
    }
}

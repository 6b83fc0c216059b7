// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The segments that a verification or a restore reads from; each is opened once. Thread-safe. */
final class OpenSegments implements AutoCloseable {
    private final Places places;
    private final Map<Path, Opened> opened = new ConcurrentHashMap<>();

    /** Reads segments that lie there. */
    OpenSegments(Places places) {
        this.places = places;
    }

    /** Where segments lie. */
    @FunctionalInterface
    interface Places {
        /** A segment by its set and its name. */
        Path file(String set, String segment);
    }

    /** A segment, or why it cannot be read: that is found out only once, too. */
    private record Opened(
            @Nullable SegmentReader reader, @Nullable IOException error) {
        static Opened of(Path file) {
            try {
                return new Opened(new SegmentReader(file), null);
            } catch (IOException e) {
                return new Opened(null, e);
            }
        }
    }

    /**
     * Opens a segment.
     *
     * @throws IOException if it is missing or cannot be read; a ZipException or EOFException if it is damaged
     */
    SegmentReader get(String set, String segment) throws IOException {
        var found = opened.computeIfAbsent(places.file(set, segment), Opened::of);
        if (found.reader() == null) {
            throw found.error() == null ? new IOException("cannot be opened") : found.error();
        }
        return found.reader();
    }

    @Override
    public void close() {
        for (var segment : opened.values()) {
            if (segment.reader() != null) {
                try {
                    segment.reader().close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
    }
}

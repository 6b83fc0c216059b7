// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.Hashes;
import java.io.IOException;
import java.util.zip.ZipException;

/** Reads the bytes of files back from where they lie, and checks them. One per thread: not thread-safe. */
final class ContentReader implements AutoCloseable {
    private final OpenSegments segments;
    private final Unpacking unpacking = new Unpacking();
    private String lastSegment = "";

    ContentReader(OpenSegments segments) {
        this.segments = segments;
    }

    /**
     * Reads a file to its end.
     *
     * @throws IOException if it cannot be read; a ZipException, EOFException or NoSuchFileException if it is damaged
     */
    void read(FileLine line, Unpacking.Sink sink) throws IOException {
        var content = line.held();
        var digest = Hashes.digest();
        var size = 0L;
        for (var piece = 0; piece < content.segments().size(); piece++) {
            lastSegment = content.segments().get(piece);
            var segment = segments.get(content.set(), lastSegment);
            size += segment.read(content.entry(piece), unpacking, (bytes, length) -> {
                digest.update(bytes, 0, length);
                sink.write(bytes, length);
            });
        }
        if (size != line.facts().size() || !Hashes.hex(digest.digest()).equals(content.sha256())) {
            throw new ZipException("its bytes are not those that were captured");
        }
    }

    /** Which segment was read last: the one to blame if {@link #read} failed. */
    String lastSegment() {
        return lastSegment;
    }

    @Override
    public void close() {
        unpacking.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One segment, open for reading. Thread-safe. */
final class SegmentReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final SegmentFile file;
    private final SegmentIndex index;

    /**
     * Opens a segment and reads its directory.
     *
     * @throws IOException if it cannot be read; a ZipException or EOFException if it is damaged
     */
    SegmentReader(Path path) throws IOException {
        this.file = new SegmentFile(path);
        try {
            this.index = new SegmentIndex(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Reads an entry to its end.
     *
     * @param unpacking whose buffers are used
     * @return its size in bytes
     * @throws IOException if it cannot be read; a ZipException or EOFException if it is missing or damaged
     */
    long read(String name, Unpacking unpacking, Unpacking.Sink sink) throws IOException {
        var entry = entry(name);
        unpacking.unpack(file, dataOf(entry), entry, sink);
        return entry.size();
    }

    /**
     * What the directory says of an entry.
     *
     * @throws IOException if it cannot be read; a ZipException if there is none
     */
    SegmentEntry entry(String name) throws IOException {
        var entry = index.find(name);
        if (entry == null) {
            throw new ZipException("is not in the segment");
        }
        return entry;
    }

    /**
     * Hands on the bytes of an entry as they are packed.
     *
     * @throws IOException if they cannot be read; a ZipException or EOFException if they are damaged
     */
    void packed(SegmentEntry entry, Unpacking.Sink sink) throws IOException {
        var buffer = new byte[(int) Math.min(entry.packed(), BUFFER)];
        var at = dataOf(entry);
        for (var left = entry.packed(); left > 0; ) {
            var count = (int) Math.min(left, buffer.length);
            file.fill(at, ByteBuffer.wrap(buffer, 0, count));
            sink.write(buffer, count);
            at += count;
            left -= count;
        }
    }

    /** The header before the bytes must be that of the same entry; unpackers that begin at the front go by it. */
    private long dataOf(SegmentEntry entry) throws IOException {
        var head = file.numbers(entry.offset(), ZipEntryHead.LOCAL_LENGTH);
        var name = entry.name().getBytes(StandardCharsets.UTF_8);
        var nameAt = entry.offset() + ZipEntryHead.LOCAL_LENGTH;
        if (head.getInt(0) != ZipEntryHead.LOCAL
                || (head.getShort(8) & 0xFFFF) != entry.method()
                || (head.getShort(26) & 0xFFFF) != name.length
                || !Arrays.equals(file.bytes(nameAt, name.length), name)) {
            throw new ZipException("has a damaged header");
        }
        return nameAt + name.length + (head.getShort(28) & 0xFFFF);
    }

    /**
     * The name of an entry that was never read.
     *
     * @return null if all were read
     * @throws IOException if the directory cannot be read
     */
    @Nullable String neverRead() throws IOException {
        var entry = index.neverAsked();
        return entry == null ? null : entry.name();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

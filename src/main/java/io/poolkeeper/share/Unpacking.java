// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** Unpacks entries, and checks their sizes and CRCs. One per thread: not thread-safe. */
final class Unpacking implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Inflater inflater = new Inflater(true);
    private final byte[] in = new byte[BUFFER];
    private final byte[] out = new byte[BUFFER];

    /** Takes unpacked bytes. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes the first bytes of an array, which is used again afterwards.
         *
         * @throws IOException if they cannot be taken
         */
        void write(byte[] bytes, int length) throws IOException;
    }

    /** What came out so far. */
    private static final class Unpacked {
        private final SegmentEntry entry;
        private final Sink sink;
        private final CRC32 crc = new CRC32();
        private long size;

        Unpacked(SegmentEntry entry, Sink sink) {
            this.entry = entry;
            this.sink = sink;
        }

        void add(byte[] bytes, int length) throws IOException {
            size += length;
            if (size > entry.size()) {
                throw new ZipException("unpacks to more than its header says");
            }
            crc.update(bytes, 0, length);
            sink.write(bytes, length);
        }

        void end() throws ZipException {
            if (size != entry.size() || crc.getValue() != entry.crc()) {
                throw new ZipException("does not have the size and CRC that its header says");
            }
        }
    }

    /**
     * Unpacks an entry.
     *
     * @param at where its bytes begin
     * @throws IOException if it cannot be read; a ZipException or EOFException if it is damaged
     */
    void unpack(SegmentFile file, long at, SegmentEntry entry, Sink sink) throws IOException {
        var unpacked = new Unpacked(entry, sink);
        switch (entry.method()) {
            case ZipEntryHead.STORED -> copy(file, at, entry, unpacked);
            case ZipEntryHead.DEFLATED -> inflate(file, at, entry, unpacked);
            default -> throw new ZipException("is packed by an unknown method");
        }
        unpacked.end();
    }

    private void copy(SegmentFile file, long at, SegmentEntry entry, Unpacked unpacked) throws IOException {
        for (var done = 0L; done < entry.packed(); ) {
            var count = fill(file, at + done, entry.packed() - done);
            unpacked.add(in, count);
            done += count;
        }
    }

    private void inflate(SegmentFile file, long at, SegmentEntry entry, Unpacked unpacked) throws IOException {
        inflater.reset();
        var done = 0L;
        while (!inflater.finished()) {
            // Asked for bytes before it is given any: with all its input taken, zlib may still have a match to write
            // out.
            var count = inflate();
            unpacked.add(out, count);
            if (count == 0 && inflater.needsInput()) {
                if (done == entry.packed()) {
                    throw new ZipException("is cut off");
                }
                var filled = fill(file, at + done, entry.packed() - done);
                inflater.setInput(in, 0, filled);
                done += filled;
            }
        }
        if (inflater.getBytesRead() != entry.packed()) {
            throw new ZipException("is followed by bytes that do not belong to it");
        }
    }

    private int inflate() throws ZipException {
        try {
            var count = inflater.inflate(out);
            if (inflater.needsDictionary()) {
                throw new ZipException("needs a dictionary that nobody has");
            }
            return count;
        } catch (DataFormatException e) {
            var damage = new ZipException("cannot be inflated: " + e.getMessage());
            damage.initCause(e);
            throw damage;
        }
    }

    private int fill(SegmentFile file, long at, long left) throws IOException {
        var count = (int) Math.min(left, in.length);
        file.fill(at, ByteBuffer.wrap(in, 0, count));
        return count;
    }

    @Override
    public void close() {
        inflater.end();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a file at any place, without a position that threads could fight for. Thread-safe. */
final class SegmentFile implements AutoCloseable {
    private final FileChannel channel;
    private final long length;

    SegmentFile(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.length = channel.size();
    }

    long length() {
        return length;
    }

    /**
     * Reads numbers, in the byte order of ZIP files.
     *
     * @throws EOFException if the file ends before that
     */
    ByteBuffer numbers(long position, int count) throws IOException {
        return ByteBuffer.wrap(bytes(position, count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads so many bytes.
     *
     * @throws EOFException if the file ends before that
     */
    byte[] bytes(long position, int count) throws IOException {
        if (position < 0 || count > length - position) {
            throw new EOFException("ends where more should come");
        }
        var bytes = new byte[count];
        fill(position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /**
     * Fills a buffer.
     *
     * @throws EOFException if the file ends before that
     */
    void fill(long position, ByteBuffer buffer) throws IOException {
        var at = position;
        while (buffer.hasRemaining()) {
            var got = channel.read(buffer, at);
            if (got < 0) {
                throw new EOFException("ends where more should come");
            }
            at += got;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

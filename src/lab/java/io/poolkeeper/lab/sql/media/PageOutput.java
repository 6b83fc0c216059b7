// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes the content of a set as pages. */
final class PageOutput extends OutputStream {
    private final FileChannel file;
    private final long start;
    private final boolean checksums;
    private final ByteBuffer page = ByteBuffer.allocate(Blocks.SIZE);
    private long pages;

    PageOutput(FileChannel file, long start, boolean checksums) {
        this.file = file;
        this.start = start;
        this.checksums = checksums;
        page.limit(Blocks.PAYLOAD);
    }

    @Override
    public void write(int b) throws IOException {
        if (!page.hasRemaining()) {
            writePage();
        }
        page.put((byte) b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        for (var done = 0; done < length; ) {
            if (!page.hasRemaining()) {
                writePage();
            }
            var part = Math.min(length - done, page.remaining());
            page.put(source, offset + done, part);
            done += part;
        }
    }

    /** Writes what is left, padded. */
    @Override
    public void close() throws IOException {
        if (page.position() > 0) {
            while (page.hasRemaining()) {
                page.put((byte) 0);
            }
            writePage();
        }
    }

    long pages() {
        return pages;
    }

    private void writePage() throws IOException {
        page.limit(Blocks.SIZE);
        page.putInt(Blocks.PAYLOAD, checksums ? Blocks.checksum(pages + 1, page) : 0);
        Blocks.writeBlock(file, start + pages * Blocks.SIZE, page);
        pages++;
        page.clear().limit(Blocks.PAYLOAD);
    }
}

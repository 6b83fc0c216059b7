// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads the content of a set out of its pages. */
final class PageInput extends InputStream {
    private final FileChannel file;
    private final long start;
    private final long pages;
    private final boolean verify;
    private final ByteBuffer page = ByteBuffer.allocate(Blocks.SIZE).limit(0);
    private long read;

    /** Over so many pages from there on; with verification each page is held against its checksum. */
    PageInput(FileChannel file, long start, long pages, boolean verify) {
        this.file = file;
        this.start = start;
        this.pages = pages;
        this.verify = verify;
    }

    @Override
    public int read() throws IOException {
        return page.hasRemaining() || nextPage() ? page.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!page.hasRemaining() && !nextPage()) {
            return -1;
        }
        var part = Math.min(length, page.remaining());
        page.get(target, offset, part);
        return part;
    }

    private boolean nextPage() throws IOException {
        if (read == pages) {
            return false;
        }
        if (!Blocks.readBlock(file, start + read * Blocks.SIZE, page)) {
            throw new MediaFault(MediaFault.Kind.TRUNCATED, read);
        }
        if (verify && page.getInt(Blocks.PAYLOAD) != Blocks.checksum(read + 1, page)) {
            throw new MediaFault(MediaFault.Kind.DAMAGED_PAGE, read);
        }
        page.position(0).limit(Blocks.PAYLOAD);
        read++;
        return true;
    }
}

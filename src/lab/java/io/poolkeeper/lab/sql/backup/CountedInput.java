// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells the progress how many bytes were read. */
final class CountedInput extends FilterInputStream {
    private final Progress progress;

    CountedInput(InputStream in, Progress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        var b = super.read();
        progress.advance(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        var count = super.read(target, offset, length);
        progress.advance(Math.max(0, count));
        return count;
    }
}

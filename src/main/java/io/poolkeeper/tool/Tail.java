// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/** The last 64 KB of what a program prints; the rest is read and dropped. Thread-safe. */
final class Tail {
    private static final int MOST = 1 << 16;
    private static final int SHOWN = 300;

    private final byte[] ring = new byte[MOST];
    private long length;

    /** Reads a stream to its end. */
    void drain(InputStream in) throws IOException {
        var buffer = new byte[8192];
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            add(buffer, n);
        }
    }

    private synchronized void add(byte[] bytes, int count) {
        for (var i = 0; i < count; i++) {
            ring[(int) (length % MOST)] = bytes[i];
            length++;
        }
    }

    /** What is kept, as the system's own encoding reads it. */
    synchronized String text() {
        var encoding = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        if (length <= MOST) {
            return new String(ring, 0, (int) length, encoding);
        }
        var start = (int) (length % MOST);
        var whole = Arrays.copyOfRange(ring, start, start + MOST);
        System.arraycopy(ring, 0, whole, MOST - start, start);
        return new String(whole, encoding);
    }

    /** Its end on one line, at most 300 characters, for a message. */
    String lastWords() {
        var line = text().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= SHOWN ? line : "..." + line.substring(line.length() - SHOWN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.shares;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes the bytes of files into one buffer, which it keeps; one for each thread. */
final class Bytes {
    private static final byte[][][] WORDS = {
        words("<item id=\"", "\" kind=\"slide\">", "</item>\r\n", "<title>", "</title>", "<p>"),
        words("meeting", "agenda", "Übersicht", "повестка", "議題", "σχέδιο", "quarterly", "results", "and", "the")
    };

    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

    /** The bytes of that file, valid until the next call. */
    ByteBuffer of(PlannedFile file) {
        return of(file.size(), file.text(), file.seed());
    }

    /**
     * So many bytes, valid until the next call.
     *
     * @param text whether they compress
     * @param seed decides them
     */
    ByteBuffer of(int size, boolean text, long seed) {
        buffer.clear();
        if (buffer.capacity() < size + Long.BYTES) {
            buffer = ByteBuffer.allocateDirect(size + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (text) {
            text(seed, size);
        } else {
            noise(seed, size);
        }
        return buffer.flip().limit(size);
    }

    /** SplitMix64: every bit pattern as likely, so nothing to compress. */
    private void noise(long seed, int size) {
        var state = seed;
        for (var i = 0; i < size; i += Long.BYTES) {
            state += 0x9e3779b97f4a7c15L;
            buffer.putLong(mix(state));
        }
    }

    private void text(long seed, int size) {
        var state = seed;
        while (buffer.position() < size) {
            state += 0x9e3779b97f4a7c15L;
            var bits = mix(state);
            var words = WORDS[(bits & 3) == 0 ? 0 : 1];
            var word = words[(int) ((bits >>> 8 & 0xffff) % words.length)];
            buffer.put(word, 0, Math.min(word.length, size - buffer.position()));
        }
    }

    private static long mix(long z) {
        var a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        var b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    private static byte[][] words(String... words) {
        var bytes = new byte[words.length][];
        for (var i = 0; i < words.length; i++) {
            bytes[i] = (words[i] + " ").getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }
}

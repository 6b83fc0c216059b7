// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.Arrays;

/** Bytes as ZIP files order them. Grows; not thread-safe. */
final class LittleEndian {
    private byte[] bytes;
    private int length;

    LittleEndian(int capacity) {
        this.bytes = new byte[capacity];
    }

    LittleEndian two(int value) {
        var at = room(2);
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
        return this;
    }

    LittleEndian four(long value) {
        return two((int) value).two((int) (value >> 16));
    }

    LittleEndian all(byte[] added) {
        return all(added, 0, added.length);
    }

    LittleEndian all(byte[] added, int from, int count) {
        var at = room(count);
        System.arraycopy(added, from, bytes, at, count);
        return this;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    private int room(int count) {
        var at = length;
        length += count;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length + bytes.length / 2));
        }
        return at;
    }
}

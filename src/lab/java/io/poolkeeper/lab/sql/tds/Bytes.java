// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes, little-endian but where a name says otherwise. */
final class Bytes {
    private byte[] array = new byte[256];
    private int length;

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    Bytes u8(int value) {
        reserve(1);
        array[length++] = (byte) value;
        return this;
    }

    Bytes u16(int value) {
        return u8(value).u8(value >> 8);
    }

    Bytes u16BigEndian(int value) {
        return u8(value >> 8).u8(value);
    }

    Bytes u24(long value) {
        return integer(value, 3);
    }

    Bytes i32(int value) {
        return integer(value, 4);
    }

    Bytes i32BigEndian(int value) {
        return u16BigEndian(value >> 16).u16BigEndian(value);
    }

    Bytes i64(long value) {
        return integer(value, 8);
    }

    /** The lowest bytes of a number. */
    Bytes integer(long value, int bytes) {
        for (var i = 0; i < bytes; i++) {
            u8((int) (value >> (8 * i)));
        }
        return this;
    }

    Bytes raw(byte... bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
        return this;
    }

    Bytes raw(Bytes other) {
        return raw(Arrays.copyOf(other.array, other.length));
    }

    Bytes utf16(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** A text with its length in characters before it, in one byte (B_VARCHAR). */
    Bytes shortText(String text) {
        var fitting = text.length() > 255 ? text.substring(0, 255) : text;
        return u8(fitting.length()).utf16(fitting);
    }

    /** A text with its length in characters before it, in two bytes (US_VARCHAR). */
    Bytes longText(String text) {
        return u16(text.length()).utf16(text);
    }

    private void reserve(int more) {
        if (length + more > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}

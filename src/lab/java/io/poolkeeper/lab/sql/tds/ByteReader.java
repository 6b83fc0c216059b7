// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the body of a message, little-endian but where a name says otherwise. */
final class ByteReader {
    private final ByteBuffer buffer;

    ByteReader(byte[] body) {
        buffer = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean hasMore() {
        return buffer.hasRemaining();
    }

    int position() {
        return buffer.position();
    }

    void moveTo(int position) {
        if (position < 0 || position > buffer.limit()) {
            throw new BufferUnderflowException();
        }
        buffer.position(position);
    }

    /** The next byte, which stays unread. */
    int peek() {
        return buffer.get(buffer.position()) & 0xFF;
    }

    int u8() {
        return buffer.get() & 0xFF;
    }

    int u16() {
        return buffer.getShort() & 0xFFFF;
    }

    int u16BigEndian() {
        return u8() << 8 | u8();
    }

    int i32() {
        return buffer.getInt();
    }

    long i64() {
        return buffer.getLong();
    }

    double f64() {
        return buffer.getDouble();
    }

    float f32() {
        return buffer.getFloat();
    }

    /** An unsigned number of so many bytes. */
    long integer(int bytes) {
        var value = 0L;
        for (var i = 0; i < bytes; i++) {
            value |= (long) u8() << (8 * i);
        }
        return value;
    }

    byte[] raw(int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    String utf16(int characters) {
        return new String(raw(2 * characters), StandardCharsets.UTF_16LE);
    }

    /** A text with its length in characters before it, in one byte (B_VARCHAR). */
    String shortText() {
        return utf16(u8());
    }

    /** All that is left, as text. */
    String restAsText() {
        return utf16(buffer.remaining() / 2);
    }
}

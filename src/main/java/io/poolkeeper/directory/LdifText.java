// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes LDIF (RFC 2849) from bytes: lines folded after 76 characters, values that are not plain ASCII in base64. Not
 * thread-safe.
 */
final class LdifText {
    private static final int WRAP = 76;
    private static final int BUFFER = 1 << 15;
    private static final byte DELETE = 0x7F;
    private static final int SPACE_TO_SPARE = 2 * WRAP;

    private final OutputStream out;
    private final byte[] text = new byte[BUFFER];
    private byte[] line = new byte[BUFFER];
    private int filled;
    private long count;

    /** Writes to a stream, in pieces. */
    LdifText(OutputStream out) {
        this.out = out;
    }

    /** Adds an attribute with one value. */
    void line(byte[] name, byte[] bytes, int from, int length) throws IOException {
        var plain = isPlain(bytes, from, length);
        var value = plain ? bytes : Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, from + length));
        var valueFrom = plain ? from : 0;
        var valueLength = plain ? length : value.length;
        var size = name.length + (plain ? 2 : 3) + valueLength;
        room(SPACE_TO_SPARE);
        if (size <= WRAP) {
            filled = assemble(text, filled, name, plain, value, valueFrom, valueLength);
            text[filled++] = '\n';
            return;
        }
        if (line.length < size) {
            line = new byte[Math.max(size, line.length * 2)];
        }
        assemble(line, 0, name, plain, value, valueFrom, valueLength);
        fold(size);
    }

    private static int assemble(
            byte[] to, int at, byte[] name, boolean plain, byte[] value, int valueFrom, int valueLength) {
        System.arraycopy(name, 0, to, at, name.length);
        var next = at + name.length;
        to[next++] = ':';
        if (!plain) {
            to[next++] = ':';
        }
        to[next++] = ' ';
        System.arraycopy(value, valueFrom, to, next, valueLength);
        return next + valueLength;
    }

    private void fold(int size) throws IOException {
        for (var at = 0; at < size; ) {
            room(SPACE_TO_SPARE);
            var part = Math.min(size - at, at == 0 ? WRAP : WRAP - 1);
            if (at > 0) {
                text[filled++] = ' ';
            }
            System.arraycopy(line, at, text, filled, part);
            filled += part;
            text[filled++] = '\n';
            at += part;
        }
    }

    /** Whether a value may stand as it is: SAFE-STRING of RFC 2849, no control characters, and no blank at its end. */
    private static boolean isPlain(byte[] bytes, int from, int length) {
        if (length == 0) {
            return true;
        }
        var first = bytes[from];
        if (first == ' ' || first == ':' || first == '<' || bytes[from + length - 1] == ' ') {
            return false;
        }
        for (var i = from; i < from + length; i++) {
            if (bytes[i] < ' ' || bytes[i] == DELETE) {
                return false;
            }
        }
        return true;
    }

    /** Ends an entry. */
    void end() throws IOException {
        room(1);
        text[filled++] = '\n';
    }

    /** How many bytes were written. */
    long count() {
        return count + filled;
    }

    private void room(int more) throws IOException {
        if (text.length - filled < more) {
            flush();
        }
    }

    /** Passes on what was written. */
    void flush() throws IOException {
        out.write(text, 0, filled);
        count += filled;
        filled = 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a file server keeps in place of content (MS-FSCC 2.1.2).
 *
 * @param tag which of its kinds
 * @param target where it leads; null if it is no link, or none that is understood
 */
record ReparsePoint(int tag, @Nullable String target) {
    private static final int SYMBOLIC_LINK = 0xA000000C;
    private static final int MOUNT_POINT = 0xA0000003;
    private static final int LINUX_LINK = 0xA000001D;
    private static final int STANDS_FOR_ANOTHER_NAME = 0x20000000;
    private static final int HEAD = 8;

    /**
     * Reads what FSCTL_GET_REPARSE_POINT answers.
     *
     * @throws IllegalArgumentException if it is cut off
     */
    static ReparsePoint of(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            var tag = in.getInt(0);
            return switch (tag) {
                case SYMBOLIC_LINK -> new ReparsePoint(tag, names(in, bytes, HEAD + 12));
                case MOUNT_POINT -> new ReparsePoint(tag, names(in, bytes, HEAD + 8));
                case LINUX_LINK ->
                    new ReparsePoint(tag, text(bytes, HEAD + 4, unsigned(in, 4) - 4, StandardCharsets.UTF_8));
                default -> new ReparsePoint(tag, null);
            };
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a reparse point that is cut off", e);
        }
    }

    /** Whether it is a name for something else; what is not is an ordinary file or folder with its bytes kept elsewhere. */
    boolean isLink() {
        return (tag & STANDS_FOR_ANOTHER_NAME) != 0;
    }

    /** The name that is meant for people, else the one that is meant for the system. */
    private static String names(ByteBuffer in, byte[] bytes, int buffer) {
        var printed = utf16(bytes, buffer + unsigned(in, HEAD + 4), unsigned(in, HEAD + 6));
        return printed.isEmpty() ? utf16(bytes, buffer + unsigned(in, HEAD), unsigned(in, HEAD + 2)) : printed;
    }

    private static String utf16(byte[] bytes, int from, int length) {
        return text(bytes, from, length, StandardCharsets.UTF_16LE);
    }

    private static String text(byte[] bytes, int from, int length, Charset charset) {
        if (length < 0 || from + length > bytes.length) {
            throw new IndexOutOfBoundsException(from + length);
        }
        return new String(bytes, from, length, charset);
    }

    private static int unsigned(ByteBuffer in, int at) {
        return Short.toUnsignedInt(in.getShort(at));
    }
}

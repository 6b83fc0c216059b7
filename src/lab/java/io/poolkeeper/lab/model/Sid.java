// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A Windows security identifier {@code S-1-5-21-a-b-c-rid} ([MS-DTYP] 2.4.2.2).
 *
 * @param a first part of the domain's identifier
 * @param b second part
 * @param c third part
 * @param rid the account within the domain
 */
public record Sid(int a, int b, int c, int rid) {
    private static final int NT_AUTHORITY = 5;
    private static final int NOT_UNIQUE = 21;

    /** The 28 bytes as the directory and rtc store them. */
    public byte[] bytes() {
        var bytes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 1).put((byte) 5).put(new byte[5]).put((byte) NT_AUTHORITY);
        return bytes.putInt(NOT_UNIQUE)
                .putInt(a)
                .putInt(b)
                .putInt(c)
                .putInt(rid)
                .array();
    }

    @Override
    public String toString() {
        return "S-1-5-21-%d-%d-%d-%d"
                .formatted(
                        Integer.toUnsignedLong(a),
                        Integer.toUnsignedLong(b),
                        Integer.toUnsignedLong(c),
                        Integer.toUnsignedLong(rid));
    }
}

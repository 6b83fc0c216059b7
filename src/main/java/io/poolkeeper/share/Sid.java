// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who somebody is to Windows (MS-DTYP 2.4.2).
 *
 * @param authority 48 bits
 * @param parts up to 15 numbers of 32 bits without a sign
 */
record Sid(long authority, List<Long> parts) {
    private static final int MOST = 15;
    private static final long DECIMAL = 1L << 32;
    private static final Pattern TEXT =
            Pattern.compile("S-1-(0x[0-9A-Fa-f]{1,12}|[0-9]{1,10})((?:-[0-9]{1,10}){0,15})");

    /** Reads one at a buffer's position, and moves on; its order is little-endian. */
    static Sid read(ByteBuffer in) throws SecurityDescriptor.NotUnderstood {
        var revision = in.get();
        var count = Byte.toUnsignedInt(in.get());
        if (revision != 1 || count > MOST) {
            throw new SecurityDescriptor.NotUnderstood("a SID of revision " + revision + " with " + count + " parts");
        }
        var authority = 0L;
        for (var i = 0; i < 6; i++) {
            authority = authority << 8 | Byte.toUnsignedLong(in.get()); // the one number that is big-endian
        }
        var parts = new Long[count];
        for (var i = 0; i < count; i++) {
            parts[i] = Integer.toUnsignedLong(in.getInt());
        }
        return new Sid(authority, List.of(parts));
    }

    /** Reads {@code S-1-5-..}. */
    static Sid parse(String text) throws SecurityDescriptor.NotUnderstood {
        var found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new SecurityDescriptor.NotUnderstood("a SID that is none: " + text);
        }
        var parts = found.group(2).isEmpty()
                ? List.<Long>of()
                : Pattern.compile("-")
                        .splitAsStream(found.group(2).substring(1))
                        .map(Long::valueOf)
                        .toList();
        return new Sid(Long.decode(found.group(1)), parts);
    }

    @Override
    public String toString() {
        var first = authority < DECIMAL ? Long.toString(authority) : "0x%012X".formatted(authority);
        return "S-1-" + first + parts.stream().map(part -> "-" + part).collect(Collectors.joining());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Counts what a file has beside its content (FileStreamInformation, MS-FSCC 2.4.44). A folder may have no stream at all. */
final class AlternateStreams {
    private static final String CONTENT = "::$DATA";
    private static final int HEAD = 24;

    private AlternateStreams() {}

    /** How many there are; what is cut off does not count. */
    static int count(byte[] answer) {
        var in = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        var count = 0;
        for (var at = 0; at >= 0 && at + HEAD <= answer.length; ) {
            var length = in.getInt(at + 4);
            if (length < 0 || length > answer.length - at - HEAD) {
                return count;
            }
            var name = new String(answer, at + HEAD, length, StandardCharsets.UTF_16LE);
            count += name.equals(CONTENT) ? 0 : 1;
            var next = in.getInt(at);
            if (next <= 0) {
                return count;
            }
            at += next;
        }
        return count;
    }
}

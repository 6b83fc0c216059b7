// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a segment's directory says of an entry.
 *
 * @param name with forward slashes
 * @param method {@link ZipEntryHead#STORED} or {@link ZipEntryHead#DEFLATED}
 * @param packed size as stored, in bytes
 * @param size in bytes
 * @param offset where its header begins
 */
record SegmentEntry(String name, int method, long crc, long packed, long size, long offset) {
    /** Reads a record of the directory, of which only the name is still missing. */
    static SegmentEntry of(ByteBuffer head, byte[] name) {
        return new SegmentEntry(
                new String(name, StandardCharsets.UTF_8),
                head.getShort(10) & 0xFFFF,
                head.getInt(16) & 0xFFFFFFFFL,
                head.getInt(20) & 0xFFFFFFFFL,
                head.getInt(24) & 0xFFFFFFFFL,
                head.getInt(42) & 0xFFFFFFFFL);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * What the headers of one entry say, in the ZIP format of 1993 with UTF-8 names and the time stamp field of Info-ZIP, so
 * that old Windows, unzip, 7-Zip and bsdtar read it. No ZIP64: nothing here is larger than a segment.
 *
 * @param name with forward slashes; written as UTF-8
 * @param streamed whether sizes and CRC follow the data, because they were not known before it
 * @param method {@link #STORED} or {@link #DEFLATED}
 * @param dosTime the time of the file in the site's zone, in steps of two seconds
 * @param unixTime the same in seconds since 1970, UTC
 * @param crc CRC-32 of the bytes
 * @param packed size as stored, in bytes
 * @param size in bytes
 */
record ZipEntryHead(
        String name, boolean streamed, int method, int dosTime, long unixTime, long crc, long packed, long size) {
    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int DESCRIPTOR = 0x08074b50;
    static final int LOCAL_LENGTH = 30;
    static final int CENTRAL_LENGTH = 46;

    private static final int VERSION = 20;
    private static final int SIZES_FOLLOW = 0x0008;
    private static final int NAME_IS_UTF8 = 0x0800;
    private static final int TIME_FIELD = 0x5455;
    private static final int TIME_FIELD_LENGTH = 9;

    /** The head of a file whose bytes are known. */
    static ZipEntryHead known(
            String entry, Instant modified, ZoneId zone, int method, long crc, long packed, long size) {
        return new ZipEntryHead(
                entry, false, method, dosTime(modified, zone), modified.getEpochSecond(), crc, packed, size);
    }

    /** The head of a file whose bytes are still to come; they will be deflated. */
    static ZipEntryHead streamed(String entry, Instant modified, ZoneId zone) {
        return new ZipEntryHead(entry, true, DEFLATED, dosTime(modified, zone), modified.getEpochSecond(), 0, 0, 0);
    }

    /** The same, now that the bytes have come. */
    ZipEntryHead ended(long crcNow, long packedNow, long sizeNow) {
        return new ZipEntryHead(name, streamed, method, dosTime, unixTime, crcNow, packedNow, sizeNow);
    }

    /** How much room the entry takes beside its bytes: all headers together. */
    int overhead() {
        return LOCAL_LENGTH + CENTRAL_LENGTH + 16 + 2 * (utf8().length + TIME_FIELD_LENGTH);
    }

    /** What stands before the bytes. */
    void local(LittleEndian out) {
        var bytes = utf8();
        out.four(LOCAL);
        common(out, bytes);
        out.all(bytes);
        extra(out);
    }

    /** What stands after streamed bytes. */
    void descriptor(LittleEndian out) {
        out.four(DESCRIPTOR).four(crc).four(packed).four(size);
    }

    /** What stands in the directory at the end. */
    void central(LittleEndian out, long offset) {
        var bytes = utf8();
        out.four(CENTRAL).two(VERSION);
        common(out, bytes);
        out.two(0).two(0).two(0).four(0).four(offset).all(bytes);
        extra(out);
    }

    private void common(LittleEndian out, byte[] bytes) {
        out.two(VERSION)
                .two(NAME_IS_UTF8 | (streamed ? SIZES_FOLLOW : 0))
                .two(method)
                .four(dosTime)
                .four(crc)
                .four(packed)
                .four(size)
                .two(bytes.length)
                .two(hasUnixTime() ? TIME_FIELD_LENGTH : 0);
    }

    private void extra(LittleEndian out) {
        if (hasUnixTime()) {
            out.two(TIME_FIELD).two(TIME_FIELD_LENGTH - 4).all(new byte[] {1}).four(unixTime);
        }
    }

    private byte[] utf8() {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private boolean hasUnixTime() {
        return unixTime == (int) unixTime;
    }

    private static int dosTime(Instant modified, ZoneId zone) {
        var local = LocalDateTime.ofInstant(modified, zone);
        if (local.getYear() < 1980) {
            return 1 << 21 | 1 << 16;
        }
        if (local.getYear() > 2107) {
            return 127 << 25 | 12 << 21 | 31 << 16;
        }
        return (local.getYear() - 1980) << 25
                | local.getMonthValue() << 21
                | local.getDayOfMonth() << 16
                | local.getHour() << 11
                | local.getMinute() << 5
                | local.getSecond() >> 1;
    }
}

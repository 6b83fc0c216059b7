// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of a segment by their names. Keeps a hash and a place for each, about 20 bytes, and reads the rest
 * again when it is asked, so that hundreds of segments can be open. Thread-safe.
 */
final class SegmentIndex {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LARGEST_DIRECTORY = 1 << 28;

    private final SegmentFile file;
    private final long directory;
    private final long[] hashes;
    private final int[] places;
    private final int entries;
    private final BitSet asked = new BitSet();

    /**
     * Reads the directory.
     *
     * @throws IOException if it cannot be read; a ZipException or EOFException if it is damaged
     */
    SegmentIndex(SegmentFile file) throws IOException {
        this.file = file;
        var end = file.numbers(file.length() - END_LENGTH, END_LENGTH);
        var length = end.getInt(12) & 0xFFFFFFFFL;
        this.entries = end.getShort(10) & 0xFFFF;
        this.directory = end.getInt(16) & 0xFFFFFFFFL;
        if (end.getInt(0) != END || directory + length != file.length() - END_LENGTH || length > LARGEST_DIRECTORY) {
            throw new ZipException("does not end as a ZIP file ends");
        }
        var slots = Math.max(16, Integer.highestOneBit(entries * 2) * 2);
        this.hashes = new long[slots];
        this.places = new int[slots];
        Arrays.fill(places, -1);
        fill(file.bytes(directory, (int) length));
    }

    private void fill(byte[] bytes) throws ZipException {
        var records = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < entries; i++) {
            var place = records.position();
            if (records.remaining() < ZipEntryHead.CENTRAL_LENGTH
                    || records.getInt(place) != ZipEntryHead.CENTRAL
                    || records.remaining() < recordLength(records, place)) {
                throw new ZipException("its directory is damaged at entry " + (i + 1));
            }
            var name = nameLength(records, place);
            add(hash(bytes, place + ZipEntryHead.CENTRAL_LENGTH, name), place);
            records.position(place + recordLength(records, place));
        }
        if (records.hasRemaining()) {
            throw new ZipException("its directory holds more than it says");
        }
    }

    private void add(long hash, int place) {
        var slot = slot(hash);
        while (places[slot] >= 0) {
            slot = (slot + 1) & (places.length - 1);
        }
        hashes[slot] = hash;
        places[slot] = place;
    }

    /**
     * Finds an entry and remembers that somebody asked for it.
     *
     * @return null if there is none of that name
     * @throws IOException if the directory cannot be read
     */
    @Nullable SegmentEntry find(String name) throws IOException {
        var utf8 = name.getBytes(StandardCharsets.UTF_8);
        var hash = hash(utf8, 0, utf8.length);
        for (var slot = slot(hash); places[slot] >= 0; slot = (slot + 1) & (places.length - 1)) {
            if (hashes[slot] == hash) {
                var entry = entry(slot);
                if (entry.name().equals(name)) {
                    synchronized (asked) {
                        asked.set(slot);
                    }
                    return entry;
                }
            }
        }
        return null;
    }

    /** How many entries there are. */
    int entries() {
        return entries;
    }

    /**
     * An entry for which nobody asked.
     *
     * @return null if all were asked for
     * @throws IOException if the directory cannot be read
     */
    @Nullable SegmentEntry neverAsked() throws IOException {
        synchronized (asked) {
            for (var slot = 0; slot < places.length; slot++) {
                if (places[slot] >= 0 && !asked.get(slot)) {
                    return entry(slot);
                }
            }
        }
        return null;
    }

    private SegmentEntry entry(int slot) throws IOException {
        var at = directory + places[slot];
        var head = file.numbers(at, ZipEntryHead.CENTRAL_LENGTH);
        var name = file.bytes(at + ZipEntryHead.CENTRAL_LENGTH, nameLength(head, 0));
        return SegmentEntry.of(head, name);
    }

    private static int nameLength(ByteBuffer records, int place) {
        return records.getShort(place + 28) & 0xFFFF;
    }

    private static int recordLength(ByteBuffer records, int place) {
        return ZipEntryHead.CENTRAL_LENGTH
                + nameLength(records, place)
                + (records.getShort(place + 30) & 0xFFFF)
                + (records.getShort(place + 32) & 0xFFFF);
    }

    private int slot(long hash) {
        return (int) (hash >>> 32) & (places.length - 1);
    }

    private static long hash(byte[] bytes, int from, int length) {
        var hash = 0xcbf29ce484222325L;
        for (var i = from; i < from + length; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001b3L;
        }
        return hash ^ hash << 29;
    }
}

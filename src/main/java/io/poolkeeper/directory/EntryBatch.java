// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPException;
import java.util.Arrays;

/**
 * Some entries as they came off the wire, none of them looked into yet. Filled by one thread, then read by another.
 */
final class EntryBatch {
    /** Bytes, unless a single message has more. */
    static final int SIZE = 1 << 16;

    private final byte[] bytes;
    private int[] positions = new int[SIZE >> 10];
    private int entries;
    private int end;

    /** Entries that lie in these bytes, which nobody changes where an entry was added. */
    EntryBatch(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Adds one.
     *
     * @param position of its SearchResultEntry
     * @param messageEnd where the message that holds it ends
     */
    void add(int position, int messageEnd) {
        if (entries == positions.length) {
            positions = Arrays.copyOf(positions, entries * 2);
        }
        positions[entries++] = position;
        end = messageEnd;
    }

    /** How many there are. */
    int entries() {
        return entries;
    }

    /**
     * Reads one.
     *
     * @param number from nought
     * @throws LDAPException if it is no entry
     */
    void read(int number, FlatEntry into) throws LDAPException {
        into.read(bytes, positions[number], end);
    }
}

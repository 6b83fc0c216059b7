// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.set.Hashes;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One number for many entries, the same in whatever order they come: the sum modulo 2^256 of the SHA-256 of each entry's
 * canonical form. That form is the distinguished name as the server spells it, then the attributes that have values in the
 * order of their names in lower case, each with its values in the order of their bytes; every piece is preceded by its
 * length. Not thread-safe.
 */
final class EntrySum {
    private static final int BYTES = 32;

    private final MessageDigest digest = Hashes.digest();
    private final Form form = new Form();
    private final FlatEntry flat = new FlatEntry();
    /** Big-endian. */
    private final byte[] sum = new byte[BYTES];

    private long entries;

    /** Adds one entry. */
    void add(Entry entry) {
        flat.copy(entry);
        add(flat);
    }

    /** Adds one entry, whose values are afterwards in another order. */
    void add(FlatEntry entry) {
        form.size = 0;
        entry.canonical(form);
        digest.update(form.bytes, 0, form.size);
        var hash = digest.digest();
        var carry = 0;
        for (var i = BYTES - 1; i >= 0; i--) {
            carry += (sum[i] & 0xFF) + (hash[i] & 0xFF);
            sum[i] = (byte) carry;
            carry >>>= Byte.SIZE;
        }
        entries++;
    }

    /** How many were added. */
    long entries() {
        return entries;
    }

    /** The sum, 64 lower-case hexadecimal digits. */
    String hex() {
        return Hashes.hex(sum);
    }

    /** The canonical form of one entry; hashed at once, because many short pieces cost more than the hash itself. */
    static final class Form {
        private byte[] bytes = new byte[1 << 12];
        private int size;

        /** Adds some bytes after their length. */
        void piece(byte[] source, int from, int length) {
            number(length);
            room(length);
            System.arraycopy(source, from, bytes, size, length);
            size += length;
        }

        /** Adds a number of 32 bits. */
        void number(int value) {
            room(Integer.BYTES);
            bytes[size++] = (byte) (value >>> 24);
            bytes[size++] = (byte) (value >>> 16);
            bytes[size++] = (byte) (value >>> 8);
            bytes[size++] = (byte) value;
        }

        private void room(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.set.Hashes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/**
 * One number for many entries, the same in whatever order they come: the sum modulo 2^256 of the SHA-256 of each entry's
 * canonical form. That form is the distinguished name as the server spells it, then the attributes that have values in the
 * order of their names in lower case, each with its values in the order of their bytes; every piece is preceded by its
 * length. Not thread-safe.
 */
final class EntrySum {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private static final Comparator<Named> BY_NAME = Comparator.comparing(Named::name);
    private static final Comparator<ASN1OctetString> BY_BYTES =
            (one, other) -> Arrays.compareUnsigned(one.getValue(), other.getValue());

    private final MessageDigest digest = Hashes.digest();
    private final Form form = new Form();
    private BigInteger sum = BigInteger.ZERO;
    private long entries;

    /** Adds one entry. */
    void add(Entry entry) {
        form.reset();
        piece(entry.getDN().getBytes(StandardCharsets.UTF_8));
        var named = new ArrayList<Named>();
        for (var attribute : entry.getAttributes()) {
            if (attribute.hasValue()) {
                named.add(new Named(attribute.getName().toLowerCase(Locale.ROOT), attribute));
            }
        }
        named.sort(BY_NAME);
        named.forEach(this::attribute);
        sum = sum.add(new BigInteger(1, form.hash(digest))).mod(MODULUS);
        entries++;
    }

    /** How many were added. */
    long entries() {
        return entries;
    }

    /** The sum, 64 lower-case hexadecimal digits. */
    String hex() {
        return "%064x".formatted(sum);
    }

    private void attribute(Named named) {
        piece(named.name().getBytes(StandardCharsets.UTF_8));
        var values = named.attribute().getRawValues();
        number(values.length);
        if (values.length > 1) {
            values = values.clone();
            Arrays.sort(values, BY_BYTES);
        }
        for (var value : values) {
            piece(value.getValue());
        }
    }

    private void piece(byte[] bytes) {
        number(bytes.length);
        form.writeBytes(bytes);
    }

    private void number(int value) {
        form.write(value >>> 24);
        form.write(value >>> 16);
        form.write(value >>> 8);
        form.write(value);
    }

    private record Named(String name, Attribute attribute) {}

    /** The canonical form of one entry; hashed at once, because many short pieces cost more than the hash itself. */
    private static final class Form extends ByteArrayOutputStream {
        byte[] hash(MessageDigest digest) {
            digest.update(buf, 0, count);
            return digest.digest();
        }
    }
}

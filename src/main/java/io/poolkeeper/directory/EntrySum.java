// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.set.Hashes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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

    private final MessageDigest digest = Hashes.digest();
    private BigInteger sum = BigInteger.ZERO;
    private long entries;

    /** Adds one entry. */
    void add(Entry entry) {
        piece(entry.getDN().getBytes(StandardCharsets.UTF_8));
        entry.getAttributes().stream()
                .filter(Attribute::hasValue)
                .sorted(Comparator.comparing(EntrySum::name))
                .forEach(this::attribute);
        sum = sum.add(new BigInteger(1, digest.digest())).mod(MODULUS);
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

    private static String name(Attribute attribute) {
        return attribute.getName().toLowerCase(Locale.ROOT);
    }

    private void attribute(Attribute attribute) {
        piece(name(attribute).getBytes(StandardCharsets.UTF_8));
        var values = Arrays.stream(attribute.getRawValues())
                .map(ASN1OctetString::getValue)
                .sorted(Arrays::compareUnsigned)
                .toList();
        number(values.size());
        values.forEach(this::piece);
    }

    private void piece(byte[] bytes) {
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(int value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).flip());
    }
}

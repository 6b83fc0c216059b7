// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * What LDIF says, whatever the order of entries, attributes and values.
 *
 * @param entries how many
 * @param values of all attributes of all entries
 * @param sum of half a SHA-256 over each entry's name, attributes and values
 */
record LdifContents(long entries, long values, long sum) {
    /** No entry. */
    static final LdifContents NONE = new LdifContents(0, 0, 0);

    /**
     * Reads a file.
     *
     * @param ldif plain, or gzip if its name ends in .gz
     * @throws IOException if it cannot be read, or is no LDIF
     */
    static LdifContents of(Path ldif) throws IOException {
        var all = NONE;
        try (var file = new BufferedInputStream(Files.newInputStream(ldif));
                var plain = ldif.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
                var reader = new LDIFReader(plain)) {
            for (var entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
                all = all.plus(of(entry));
            }
            return all;
        } catch (LDIFException | LDAPException e) {
            throw new IOException(ldif + " is not LDIF: " + e.getMessage(), e);
        }
    }

    private static LdifContents of(Entry entry) throws LDAPException {
        var lines = new TreeSet<String>();
        for (var attribute : entry.getAttributes()) {
            for (var value : attribute.getValueByteArrays()) {
                lines.add(attribute.getName().toLowerCase(Locale.ROOT) + ":"
                        + Base64.getEncoder().encodeToString(value));
            }
        }
        var text = DN.normalize(entry.getDN()) + "\n" + String.join("\n", lines);
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new LdifContents(1, lines.size(), ByteBuffer.wrap(hash).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /** Both together. */
    LdifContents plus(LdifContents other) {
        return new LdifContents(entries + other.entries, values + other.values, sum + other.sum);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d entries with %,d values", entries, values);
    }
}

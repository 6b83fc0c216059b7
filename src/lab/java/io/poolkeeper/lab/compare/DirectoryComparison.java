// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Compares a live directory with an LDIF file: object by object, attribute by attribute, values as sets of bytes. What a domain
 * controller counts for itself (update sequence numbers, times of change and of logon) is no data and is left out; security
 * descriptors are compared where the file has them.
 */
public final class DirectoryComparison {
    private DirectoryComparison() {}

    /**
     * The differences between the live directory and a file.
     *
     * @param live bound with the right to read
     * @param scope what must be in the file; other objects in it are compared as well
     * @param ldif plain, or gzip if its name ends in .gz
     */
    public static List<Difference> compare(String part, LDAPConnection live, DirectoryScope scope, Path ldif)
            throws IOException, LDAPException {
        var restored = load(ldif);
        var descriptors = restored.values().stream().anyMatch(entry -> entry.hasAttribute("nTSecurityDescriptor"));
        var reader = new DirectoryReader(live, descriptors);
        var found = reader.search(scope);
        var all = new TreeSet<>(found.keySet());
        all.addAll(restored.keySet());
        var differences = new ArrayList<Difference>();
        for (var dn : all) {
            var liveEntry = found.get(dn);
            if (liveEntry == null) {
                liveEntry = reader.read(dn);
            }
            differences.addAll(EntryComparison.compare(part, dn, liveEntry, restored.get(dn)));
        }
        return differences;
    }

    private static Map<String, Entry> load(Path ldif) throws IOException, LDAPException {
        var entries = new TreeMap<String, Entry>();
        try (var file = new BufferedInputStream(Files.newInputStream(ldif));
                var plain = ldif.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
                var reader = new LDIFReader(plain)) {
            for (var entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
                if (entries.put(DN.normalize(entry.getDN()), entry) != null) {
                    throw new IOException(ldif + " holds " + entry.getDN() + " twice");
                }
            }
        } catch (LDIFException e) {
            throw new IOException(ldif + " is not LDIF: " + e.getMessage(), e);
        }
        return entries;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Whom and what an export of the directory names, read as a stream, all in lower case.
 *
 * @param addresses SIP addresses of users and contacts, without {@code sip:}
 * @param pools names and full DNS names of pools
 * @param servers full DNS names that any object has: trusted servers, services, edge servers
 */
public record DirectoryNames(Set<String> addresses, Set<String> pools, Set<String> servers) {
    /**
     * Those of a part of a set.
     *
     * @throws io.poolkeeper.step.StepFault if its files cannot be read
     */
    public static DirectoryNames of(Path setFolder, Manifest.Part part, Work work) {
        var names = new DirectoryNames(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (var artefact : part.artefacts()) {
            try {
                LdifFile.read(setFolder.resolve(artefact.path()), work, names::add);
            } catch (LdifFile.Damaged e) {
                throw new PermanentFault(artefact.path() + " " + e.what(), "'verify' tells more", e);
            }
        }
        return names;
    }

    private void add(Entry entry) {
        var address = entry.getAttributeValue("msRTCSIP-PrimaryUserAddress");
        if (address != null) {
            addresses.add(lower(address).replaceFirst("^sip:", ""));
        }
        for (var attribute : entry.getAttributes()) {
            var name = lower(attribute.getBaseName());
            if (name.equals("dnshostname") || name.endsWith("fqdn")) {
                for (var value : attribute.getValues()) {
                    servers.add(lower(value));
                }
            }
        }
        if (entry.hasObjectClass("msRTCSIP-Pool")) {
            addPool(entry);
        }
    }

    private void addPool(Entry entry) {
        var host = entry.getAttributeValue("dNSHostName");
        if (host != null) {
            pools.add(lower(host));
        }
        try {
            var name = entry.getRDN();
            if (name != null) {
                pools.add(lower(name.getAttributeValues()[0]));
            }
        } catch (LDAPException e) {
            throw new IllegalStateException("it was parsed when it was read", e);
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

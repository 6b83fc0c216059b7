// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchScope;
import io.poolkeeper.step.PermanentFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory in memory into which one export is restored: no schema is checked, no port is opened, and what it holds is
 * found by searching. Entries above the exported ones are made up where they are missing, and left out of what is found.
 */
final class SandboxDirectory implements AutoCloseable {
    private static final String[] ALL = {"*", "+"};

    private final InMemoryDirectoryServer server;
    private final Set<DN> madeUp = new HashSet<>();
    /** Values of the name that the server adds to an entry without them. */
    private final Map<DN, List<Attribute>> supplied = new HashMap<>();

    /**
     * Restores entries.
     *
     * @param entries at least one, with names that can be parsed
     * @throws LdifFile.Damaged naming an entry that no directory would take
     */
    SandboxDirectory(List<Entry> entries) throws LdifFile.Damaged {
        var inOrder = parentsFirst(entries);
        try {
            var config = new InMemoryDirectoryServerConfig(suffix(inOrder.get(0).getParsedDN()));
            config.setSchema(null);
            config.setEnforceAttributeSyntaxCompliance(false);
            config.setEnforceSingleStructuralObjectClass(false);
            config.setGenerateOperationalAttributes(false);
            this.server = new InMemoryDirectoryServer(config);
        } catch (LDAPException e) {
            throw new PermanentFault("no directory can be made in memory: " + e.getMessage(), "report it", e);
        }
        for (var entry : inOrder) {
            add(entry);
        }
    }

    /** The domain components at the end of a name, or its last component. */
    private static DN suffix(DN dn) {
        var components = dn.getRDNs();
        var first = components.length - 1;
        while (first > 0 && components[first].hasAttribute("DC") && components[first - 1].hasAttribute("DC")) {
            first--;
        }
        return new DN(Arrays.copyOfRange(components, first, components.length));
    }

    private static List<Entry> parentsFirst(List<Entry> entries) {
        var sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingInt(SandboxDirectory::depth));
        return sorted;
    }

    private static int depth(Entry entry) {
        try {
            return entry.getParsedDN().getRDNs().length;
        } catch (LDAPException e) {
            throw new IllegalArgumentException(entry.getDN(), e);
        }
    }

    private void add(Entry entry) throws LdifFile.Damaged {
        try {
            var dn = entry.getParsedDN();
            makeUp(dn.getParent());
            var missing = missingFromName(entry, dn.getRDN());
            if (!missing.isEmpty()) {
                supplied.put(dn, missing);
            }
            server.add(entry);
        } catch (LDAPException e) {
            throw new LdifFile.Damaged("cannot be restored: " + e.getMessage(), e);
        }
    }

    private static List<Attribute> missingFromName(Entry entry, RDN name) {
        var missing = new ArrayList<Attribute>();
        var names = name.getAttributeNames();
        var values = name.getByteArrayAttributeValues();
        for (var i = 0; i < names.length; i++) {
            if (!entry.hasAttributeValue(names[i], values[i])) {
                missing.add(new Attribute(names[i], values[i]));
            }
        }
        return missing;
    }

    private void makeUp(@Nullable DN dn) throws LDAPException {
        if (dn == null || dn.isNullDN() || server.getEntry(dn.toString()) != null) {
            return;
        }
        if (!server.getBaseDNs().contains(dn)) {
            makeUp(dn.getParent());
        }
        server.add(new Entry(dn, new Attribute("objectClass", "top")));
        madeUp.add(dn);
    }

    /**
     * Searches all that was restored, in the order of names.
     *
     * @param each gets every entry as the directory answers it
     */
    void search(Consumer<Entry> each) {
        try {
            for (var base : server.getBaseDNs()) {
                for (var found : server.search(base.toString(), SearchScope.SUB, "(objectClass=*)", ALL)
                        .getSearchEntries()) {
                    var dn = found.getParsedDN();
                    if (!madeUp.contains(dn)) {
                        each.accept(asRestored(found.duplicate(), dn));
                    }
                }
            }
        } catch (LDAPSearchException e) {
            throw new PermanentFault("the restored directory cannot be searched: " + e.getMessage(), "report it", e);
        } catch (LDAPException e) {
            throw new IllegalStateException("a server's entries have names", e);
        }
    }

    private Entry asRestored(Entry found, DN dn) {
        for (var attribute : supplied.getOrDefault(dn, List.of())) {
            found.removeAttributeValue(attribute.getName(), attribute.getValueByteArray());
        }
        return found;
    }

    @Override
    public void close() {
        server.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.lab.model.Domain;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What Active Directory answers differently from other LDAP servers: partitions end where the next begins, security descriptors
 * come only with the SD flags control, and {@code (objectCategory=person)} means the category's whole name.
 */
final class SearchDialect extends InMemoryOperationInterceptor {
    private static final String SD_FLAGS = "1.2.840.113556.1.4.801";
    private static final String WITH_DESCRIPTOR = "security descriptor";
    // show deleted, domain scope, search options, lazy commit: nothing is deleted here and no other domain exists
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            SD_FLAGS,
            "1.2.840.113556.1.4.417",
            "1.2.840.113556.1.4.1339",
            "1.2.840.113556.1.4.1340",
            "1.2.840.113556.1.4.619");

    private final Domain domain;
    private final List<DN> partitions;

    SearchDialect(Domain domain) throws LDAPException {
        this.domain = domain;
        this.partitions = List.of(new DN(domain.schemaDn()), new DN(domain.configurationDn()), new DN(domain.dn()));
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest search) throws LDAPException {
        var request = search.getRequest().duplicate();
        if (request.getControl(SD_FLAGS) != null) {
            search.setProperty(WITH_DESCRIPTOR, true);
        }
        request.setControls(Arrays.stream(request.getControls())
                .filter(control -> !WITHOUT_EFFECT.contains(control.getOID()))
                .toArray(Control[]::new));
        request.setFilter(Categories.expand(request.getFilter(), domain));
        search.setRequest(request);
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
        var entry = found.getSearchEntry();
        try {
            if (!partition(entry.getParsedDN())
                    .equals(partition(new DN(found.getRequest().getBaseDN())))) {
                found.setSearchEntry(null);
            } else if (entry.hasAttribute("nTSecurityDescriptor") && found.getProperty(WITH_DESCRIPTOR) == null) {
                var copy = entry.duplicate();
                copy.removeAttribute("nTSecurityDescriptor");
                found.setSearchEntry(copy);
            }
        } catch (LDAPException e) {
            throw new IllegalStateException("a name that the server itself gave is none: " + entry.getDN(), e);
        }
    }

    private DN partition(DN dn) {
        return partitions.stream()
                .filter(partition -> dn.isDescendantOf(partition, true))
                .findFirst()
                .orElse(DN.NULL_DN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.lab.model.Domain;

/** The entry without a name, which tells a client what the server is and where its partitions are. */
final class RootDse {
    private static final String WINDOWS_2008_R2 = "4";

    private RootDse() {}

    static Entry of(Domain domain, String serverDn) {
        var entry = new Entry("");
        entry.addAttribute("objectClass", "top");
        entry.addAttribute("defaultNamingContext", domain.dn());
        entry.addAttribute("rootDomainNamingContext", domain.dn());
        entry.addAttribute("configurationNamingContext", domain.configurationDn());
        entry.addAttribute("schemaNamingContext", domain.schemaDn());
        entry.addAttribute("namingContexts", domain.dn(), domain.configurationDn(), domain.schemaDn());
        entry.addAttribute("subschemaSubentry", "CN=Aggregate," + domain.schemaDn());
        entry.addAttribute("dnsHostName", domain.fqdn(domain.controller()));
        entry.addAttribute("serverName", serverDn);
        entry.addAttribute("dsServiceName", "CN=NTDS Settings," + serverDn);
        entry.addAttribute("ldapServiceName", "%s:%s$@%s".formatted(domain.dns(), domain.controller(), domain.dns()));
        entry.addAttribute("highestCommittedUSN", "0");
        entry.addAttribute("currentTime", Forest.CREATED);
        entry.addAttribute("domainFunctionality", WINDOWS_2008_R2);
        entry.addAttribute("forestFunctionality", WINDOWS_2008_R2);
        entry.addAttribute("domainControllerFunctionality", WINDOWS_2008_R2);
        entry.addAttribute("isSynchronized", "TRUE");
        entry.addAttribute("isGlobalCatalogReady", "TRUE");
        entry.addAttribute("supportedLDAPVersion", "3", "2");
        entry.addAttribute("supportedLDAPPolicies", "MaxPageSize", "MaxValRange");
        // Active Directory, V51, LDAP integration, V60, V61 R2
        entry.addAttribute(
                "supportedCapabilities",
                "1.2.840.113556.1.4.800",
                "1.2.840.113556.1.4.1670",
                "1.2.840.113556.1.4.1791",
                "1.2.840.113556.1.4.1935",
                "1.2.840.113556.1.4.2080");
        // paged results, SD flags, server-side sort, show deleted
        entry.addAttribute(
                "supportedControl",
                "1.2.840.113556.1.4.319",
                "1.2.840.113556.1.4.801",
                "1.2.840.113556.1.4.473",
                "1.2.840.113556.1.4.417");
        return entry;
    }
}

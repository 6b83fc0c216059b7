// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import java.util.List;
import java.util.Locale;

/** The domain, configuration and schema partitions as Windows makes them, before OCS comes. */
final class DomainEntries {
    private static final List<String> QUERY_LIMITS = List.of(
            "MaxPageSize=1000",
            "MaxValRange=1500",
            "MaxQueryDuration=120",
            "MaxResultSetSize=262144",
            "MaxConnIdleTime=900",
            "InitRecvTimeout=120");

    private DomainEntries() {}

    static void addTo(Forest forest) {
        var domain = forest.site().domain();
        var root = forest.add(domain.dn(), "domain", "domainDNS");
        root.addAttribute("objectSid", domain.sid().bytes());
        for (var container : List.of("Users", "Computers", "System")) {
            forest.add(Names.below(domain.dn(), container), "container");
        }
        forest.add(Names.below("CN=System," + domain.dn(), "Microsoft"), "container");
        forest.add("OU=Domain Controllers," + domain.dn(), "organizationalUnit");
        forest.add("OU=Workstations," + domain.dn(), "organizationalUnit");
        forest.add("OU=OCS Users," + domain.dn(), "organizationalUnit");
        for (var profile : forest.site().profiles()) {
            forest.add(Names.rdn("OU", profile.name()) + ",OU=OCS Users," + domain.dn(), "organizationalUnit");
        }
        addConfiguration(forest);
    }

    private static void addConfiguration(Forest forest) {
        var domain = forest.site().domain();
        var configuration = domain.configurationDn();
        forest.add(configuration, "configuration");
        forest.add(Names.below(configuration, "Services"), "container");
        forest.add("CN=Windows NT,CN=Services," + configuration, "container");
        var service = "CN=Directory Service,CN=Windows NT,CN=Services," + configuration;
        forest.add(service, "nTDSService").addAttribute("tombstoneLifetime", "180");
        forest.add(Names.below(service, "Query-Policies"), "container");
        forest.add("CN=Default Query Policy,CN=Query-Policies," + service, "queryPolicy")
                .addAttribute("lDAPAdminLimits", QUERY_LIMITS);
        forest.add(Names.below(configuration, "Sites"), "sitesContainer");
        var site = "CN=Default-First-Site-Name,CN=Sites," + configuration;
        forest.add(site, "site");
        forest.add(Names.below(site, "Servers"), "serversContainer");
        forest.add(serverDn(forest), "server").addAttribute("dNSHostName", domain.fqdn(domain.controller()));
        var settings = forest.add(Names.below(serverDn(forest), "NTDS Settings"), "nTDSDSA");
        settings.addAttribute("invocationId", Names.guid(forest.site().seeded().guid("invocation")));
        settings.addAttribute("options", "1");
    }

    /** The domain controller as a site's server. */
    static String serverDn(Forest forest) {
        var domain = forest.site().domain();
        return "CN=%s,CN=Servers,CN=Default-First-Site-Name,CN=Sites,%s"
                .formatted(domain.controller().toUpperCase(Locale.ROOT), domain.configurationDn());
    }
}

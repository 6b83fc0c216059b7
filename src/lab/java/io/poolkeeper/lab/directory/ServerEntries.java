// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.lab.model.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Computer accounts. OCS hangs service connection points below those of its servers, which is why deleting the account of a dead
 * server deletes more than it seems.
 */
final class ServerEntries {
    private static final int FIRST_SERVER_RID = 1_201;
    private static final int FIRST_CLIENT_RID = 500_001;

    private ServerEntries() {}

    static void addTo(Forest forest) {
        var domain = forest.site().domain();
        var rid = FIRST_SERVER_RID;
        addComputer(forest, "OU=Domain Controllers," + domain.dn(), domain.controller(), rid++, "532480");
        for (var server : forest.site().servers()) {
            // an Edge server stands in a workgroup: the domain does not know it
            if (!server.is("edge")) {
                addComputer(forest, "CN=Computers," + domain.dn(), server.host(), rid++, "4096");
                if (server.hasMachineSettings()) {
                    addServices(forest, server);
                }
            }
        }
    }

    /** Clients, and a group that holds them all: larger than one page and one range of values at scale 1. */
    static void addWorkstationsTo(Forest forest) {
        var domain = forest.site().domain();
        var group = GroupEntries.add(forest, "RTC Client Computers", 1_190);
        var members = new ArrayList<String>();
        for (var i = 0; i < forest.site().scale().workstations(); i++) {
            var host = "ws%05d".formatted(i + 1);
            var computer = addComputer(forest, "OU=Workstations," + domain.dn(), host, FIRST_CLIENT_RID + i, "4096");
            computer.addAttribute("memberOf", group.getDN());
            members.add(computer.getDN());
        }
        // at once: adding value by value compares each with all before it
        group.addAttribute("member", members);
    }

    private static Entry addComputer(Forest forest, String parent, String host, int rid, String control) {
        var domain = forest.site().domain();
        var name = host.toUpperCase(Locale.ROOT);
        var dn = Names.below(parent, name);
        var computer = forest.addPrincipal(
                dn,
                forest.site().seeded().guid("computer " + host),
                domain.account(rid),
                name + "$",
                "person",
                "organizationalPerson",
                "user",
                "computer");
        computer.addAttribute("dNSHostName", domain.fqdn(host));
        computer.addAttribute("userAccountControl", control);
        computer.addAttribute(
                "operatingSystem", control.equals("4096") ? "Windows 7 Enterprise" : "Windows Server 2008 R2");
        computer.addAttribute("servicePrincipalName", "HOST/" + host, "HOST/" + domain.fqdn(host));
        return computer;
    }

    private static void addServices(Forest forest, Server server) {
        var computer = Names.below(
                "CN=Computers," + forest.site().domain().dn(), server.host().toUpperCase(Locale.ROOT));
        var microsoft = Names.below(computer, "Microsoft");
        forest.add(microsoft, "container");
        for (var service : servicesOf(server)) {
            var entry = forest.add(
                    Names.below(microsoft, service.name()),
                    "connectionPoint",
                    "serviceConnectionPoint",
                    service.type());
            entry.addAttribute("serviceDNSName", server.fqdn());
            entry.addAttribute("msRTCSIP-ServerVersion", RtcServiceEntries.OCS_2007_R2);
            entry.addAttribute("keywords", "OCS", "2007 R2", service.name());
        }
    }

    private static List<Service> servicesOf(Server server) {
        if (server.is("mediation")) {
            return List.of(new Service("LS Mediation Service", "msRTCSIP-MediationServer"));
        }
        if (server.is("front-end") || server.is("standard-edition")) {
            return List.of(
                    new Service("LC Services", "msRTCSIP-Server"),
                    new Service("LS WebComponents Service", "msRTCSIP-WebComponents"),
                    new Service("LS DATAMCU Service", "msRTCSIP-MCU"),
                    new Service("LS ApplicationServer Service", "msRTCSIP-ApplicationServer"));
        }
        return List.of(new Service("LC Services", "msRTCSIP-Server"));
    }

    /** The service connection point that the pool's back link names. */
    static String serviceDn(Forest forest, Server server) {
        return "CN=LC Services,CN=Microsoft,CN=%s,CN=Computers,%s"
                .formatted(
                        server.host().toUpperCase(Locale.ROOT),
                        forest.site().domain().dn());
    }

    private record Service(String name, String type) {}
}

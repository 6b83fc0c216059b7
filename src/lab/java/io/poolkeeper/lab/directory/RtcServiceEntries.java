// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import io.poolkeeper.lab.model.Server;

/**
 * The tree of global settings below {@code CN=RTC Service}: what preparing the forest, creating the pool and activating servers
 * leave behind. Voice settings are in {@link VoiceEntries}.
 */
final class RtcServiceEntries {
    static final String OCS_2007_R2 = "4";

    private final Forest forest;
    private final String root;

    private RtcServiceEntries(Forest forest) {
        this.forest = forest;
        this.root = forest.site().domain().rtcServiceDn();
    }

    static void addTo(Forest forest) {
        var tree = new RtcServiceEntries(forest);
        forest.add(tree.root, "container", "msRTCSIP-Service");
        tree.addGlobalSettings();
        tree.addPool();
        tree.addConferencingServers();
        tree.addTrust();
        VoiceEntries.addTo(forest);
        ApplicationEntries.addTo(forest);
    }

    private void addGlobalSettings() {
        var site = forest.site();
        var settings = Names.below(root, "Global Settings");
        forest.add(settings, "container", "msRTCSIP-GlobalContainer")
                .addAttribute(
                        "msRTCSIP-GlobalSettingsData",
                        "maxMeetingSize=250",
                        "allowAnonymous=TRUE",
                        "defaultDomain=" + site.domain().dns(),
                        "logonPolicy=NTLM,Kerberos",
                        "voiceLocation=" + site.profiles().get(0).name());
        var domain = forest.add(child(settings, "domain"), "msRTCSIP-Domain");
        domain.addAttribute("msRTCSIP-DomainName", site.domain().dns());
        domain.addAttribute("msRTCSIP-Default", "TRUE");
        for (var server : site.servers()) {
            if (server.is("front-end") || server.is("standard-edition") || server.is("mediation")) {
                var trusted = forest.add(child(settings, "trusted " + server.host()), "msRTCSIP-TrustedServer");
                trusted.addAttribute("msRTCSIP-TrustedServerFQDN", server.fqdn());
                trusted.addAttribute("msRTCSIP-TrustedServerVersion", OCS_2007_R2);
            } else if (server.is("edge")) {
                forest.add(child(settings, "edge " + server.host()), "msRTCSIP-EdgeProxy")
                        .addAttribute("msRTCSIP-EdgeProxyFQDN", server.fqdn());
            } else if (server.is("monitoring")) {
                var monitoring = forest.add(child(settings, "monitoring"), "msRTCSIP-MonitoringServer");
                monitoring.addAttribute("dNSHostName", server.fqdn());
                monitoring.addAttribute("msRTCSIP-ServerVersion", OCS_2007_R2);
            }
        }
    }

    private void addPool() {
        var site = forest.site();
        var pools = Names.below(root, "Pools");
        forest.add(pools, "container", "msRTCSIP-Pools");
        var dn = Names.below(pools, site.pool().name());
        var pool = forest.add(dn, "container", "msRTCSIP-Pool");
        pool.addAttribute("dNSHostName", site.pool().fqdn());
        pool.addAttribute("msRTCSIP-BackEndServer", site.pool().backEnd());
        pool.addAttribute("msRTCSIP-PoolDisplayName", site.pool().name());
        pool.addAttribute("msRTCSIP-PoolDomainFQDN", site.domain().dns());
        pool.addAttribute("msRTCSIP-PoolType", Integer.toString(site.edition().poolType()));
        pool.addAttribute("msRTCSIP-PoolVersion", OCS_2007_R2);
        pool.addAttribute("msRTCSIP-ApplicationList", "Caa", "Cas", "Rgs", "Ocs");
        forest.add(Names.below(dn, "Microsoft"), "container");
        forest.add(site.homeServerDn(), "connectionPoint", "serviceConnectionPoint", "msRTCSIP-PoolService")
                .addAttribute(
                        "msRTCSIP-FrontEndServers",
                        site.servers().stream()
                                .filter(server -> server.is("front-end") || server.is("standard-edition"))
                                .map(server -> ServerEntries.serviceDn(forest, server))
                                .toList());
    }

    private void addConferencingServers() {
        var factories = Names.below(root, "MCU Factories");
        var trusted = Names.below(root, "Trusted MCUs");
        forest.add(factories, "container", "msRTCSIP-MCUFactories");
        forest.add(trusted, "container", "msRTCSIP-TrustedMCUs");
        for (var type : new String[] {"meeting", "chat", "audio-video", "phone-conf", "applicationsharing"}) {
            var factory = forest.add(child(factories, "factory " + type), "msRTCSIP-MCUFactory");
            factory.addAttribute("msRTCSIP-MCUType", type);
            factory.addAttribute("msRTCSIP-MCUVendor", "Microsoft Corporation");
            factory.addAttribute("msRTCSIP-ServerVersion", OCS_2007_R2);
            var mcu = forest.add(child(trusted, "mcu " + type), "msRTCSIP-TrustedMCU");
            mcu.addAttribute("msRTCSIP-MCUType", type);
            mcu.addAttribute("msRTCSIP-TrustedMCUFQDN", forest.site().pool().fqdn());
            mcu.addAttribute("msRTCSIP-RoutingPoolDN", poolDn());
        }
    }

    private void addTrust() {
        var web = Names.below(root, "TrustedWebComponentsServers");
        forest.add(web, "container", "msRTCSIP-TrustedWebComponentsServers");
        forest.add(child(web, "web"), "msRTCSIP-TrustedWebComponentsServer")
                .addAttribute(
                        "msRTCSIP-TrustedWebComponentsServerFQDN",
                        forest.site().pool().fqdn());
        forest.add(Names.below(root, "Trusted Proxies"), "container", "msRTCSIP-TrustedProxies");
        var services = Names.below(root, "Trusted Services");
        forest.add(services, "container", "msRTCSIP-TrustedServices");
        for (var server : forest.site().servers()) {
            if (server.is("cwa") || server.is("mediation")) {
                addTrustedService(services, server);
            }
        }
    }

    private void addTrustedService(String services, Server server) {
        var service = forest.add(child(services, "service " + server.host()), "msRTCSIP-TrustedService");
        service.addAttribute("msRTCSIP-TrustedServerFQDN", server.fqdn());
        service.addAttribute("msRTCSIP-TrustedServicePort", "5061");
        service.addAttribute("msRTCSIP-TrustedServiceType", server.is("cwa") ? "CWA" : "MediationServer");
        service.addAttribute("msRTCSIP-Routable", "TRUE");
        service.addAttribute("msRTCSIP-RoutingPoolDN", poolDn());
    }

    private String poolDn() {
        return Names.below(Names.below(root, "Pools"), forest.site().pool().name());
    }

    /** Most objects of OCS are named with a GUID. */
    private String child(String parent, String what) {
        return Names.below(parent, Names.braces(forest.site().seeded().guid("rtc service " + what)));
    }
}

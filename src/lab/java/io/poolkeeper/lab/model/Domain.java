// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

/**
 * The Active Directory domain, which is also the root of its forest.
 *
 * @param dns its DNS name, also the SIP domain
 * @param netbios its short name
 * @param controller host name of the domain controller, without the domain
 * @param sid the domain's identifier with a relative identifier of 0
 */
public record Domain(String dns, String netbios, String controller, Sid sid) {
    /** The lab's domain: the article names none, so ocs.lab. */
    public static Domain of(Seeded seeded) {
        var random = seeded.random("domain");
        return new Domain("ocs.lab", "OCSLAB", "dc1", new Sid(random.nextInt(), random.nextInt(), random.nextInt(), 0));
    }

    /** The distinguished name of the domain partition. */
    public String dn() {
        return "DC=" + dns.replace(".", ",DC=");
    }

    /** The distinguished name of the configuration partition. */
    public String configurationDn() {
        return "CN=Configuration," + dn();
    }

    /** The distinguished name of the schema partition. */
    public String schemaDn() {
        return "CN=Schema," + configurationDn();
    }

    /** Where OCS 2007 R2 keeps its global settings by default. */
    public String rtcServiceDn() {
        return "CN=RTC Service,CN=Services," + configurationDn();
    }

    /** The host in this domain. */
    public String fqdn(String host) {
        return host + "." + dns;
    }

    /** The account with that relative identifier. */
    public Sid account(int rid) {
        return new Sid(sid.a(), sid.b(), sid.c(), rid);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Sid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Collects the objects of the forest and gives each what every object of Active Directory has: a GUID, update sequence numbers,
 * times, a category, a security descriptor.
 */
final class Forest {
    static final String CREATED = "20091102080000.0Z";
    private static final long FIRST_USN = 12_000;
    private static final Map<String, String> CATEGORIES =
            Map.of("user", "Person", "contact", "Person", "domainDNS", "Domain-DNS", "configuration", "Configuration");

    private final OcsSite site;
    private final byte[] securityDescriptor;
    private final List<Entry> entries = new ArrayList<>();

    Forest(OcsSite site) {
        this.site = site;
        this.securityDescriptor = SecurityDescriptor.of(site.domain());
    }

    OcsSite site() {
        return site;
    }

    /** All objects, parents before children. */
    List<Entry> entries() {
        return entries;
    }

    /** The number that the next change gets. */
    long nextUsn() {
        return FIRST_USN + entries.size();
    }

    /** Adds an object; the most special class comes last. */
    Entry add(String dn, String... classes) {
        return add(dn, site.seeded().guid("object " + dn), classes);
    }

    /** Adds an object that can be given rights. */
    Entry addPrincipal(String dn, UUID guid, Sid sid, String account, String... classes) {
        var entry = add(dn, guid, classes);
        entry.addAttribute("objectSid", sid.bytes());
        entry.addAttribute("sAMAccountName", account);
        return entry;
    }

    private Entry add(String dn, UUID guid, String... classes) {
        var entry = new Entry(dn);
        entry.addAttribute("objectClass", "top");
        entry.addAttribute("objectClass", classes);
        entry.addAttribute(dn.substring(0, dn.indexOf('=')).toLowerCase(Locale.ROOT), Names.first(dn));
        entry.addAttribute("name", Names.first(dn));
        entry.addAttribute("distinguishedName", dn);
        entry.addAttribute("objectGUID", Names.guid(guid));
        entry.addAttribute("objectCategory", category(classes[classes.length - 1]));
        entry.addAttribute("instanceType", "4");
        entry.addAttribute("whenCreated", CREATED);
        entry.addAttribute("whenChanged", CREATED);
        entry.addAttribute("uSNCreated", Long.toString(nextUsn()));
        entry.addAttribute("uSNChanged", Long.toString(nextUsn()));
        entry.addAttribute("nTSecurityDescriptor", securityDescriptor);
        entries.add(entry);
        return entry;
    }

    /** Adds a link and its back link, which a domain controller computes. */
    static void link(Entry from, String attribute, Entry to, String backLink) {
        from.addAttribute(attribute, to.getDN());
        to.addAttribute(backLink, from.getDN());
    }

    /** The name that objectCategory holds for a class, such as {@code CN=Person,CN=Schema,...} for user. */
    String category(String objectClass) {
        var name = objectClass.startsWith("msRTCSIP-")
                ? "ms-RTC-SIP-" + objectClass.substring("msRTCSIP-".length())
                : CATEGORIES.getOrDefault(objectClass, capitalized(objectClass));
        return "CN=" + name + "," + site.domain().schemaDn();
    }

    private static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Person;
import io.poolkeeper.lab.model.Policy;

/** The people of the site with the attributes that enable them for OCS. */
final class PersonEntries {
    private PersonEntries() {}

    static void addTo(Forest forest) {
        forest.site().people().forEach(person -> add(forest, person));
    }

    static String dn(OcsSite site, Person person) {
        // some administrators put the surname first, and the comma must then be escaped wherever the name stands
        var name = person.number() % 9 == 0
                ? "%s, %s %d".formatted(person.surname(), person.givenName(), person.number())
                : "%s %d".formatted(person.displayName(), person.number());
        var unit = Names.rdn("OU", person.site());
        return "%s,%s,OU=OCS Users,%s"
                .formatted(Names.rdn("CN", name), unit, site.domain().dn());
    }

    private static void add(Forest forest, Person person) {
        var site = forest.site();
        var entry = forest.addPrincipal(
                dn(site, person),
                person.guid(),
                person.sid(),
                person.account(),
                "person",
                "organizationalPerson",
                "user");
        entry.addAttribute("givenName", person.givenName());
        entry.addAttribute("sn", person.surname());
        entry.addAttribute("displayName", person.displayName());
        entry.addAttribute("userPrincipalName", person.userAtHost());
        entry.addAttribute("mail", person.userAtHost());
        entry.addAttribute("department", person.department());
        entry.addAttribute("physicalDeliveryOfficeName", person.site());
        entry.addAttribute("telephoneNumber", "+31 20 555 " + person.extension());
        entry.addAttribute("userAccountControl", "512");
        entry.addAttribute("proxyAddresses", "SMTP:" + person.userAtHost(), person.sip());
        addCommunications(site, person, entry);
    }

    private static void addCommunications(OcsSite site, Person person, Entry entry) {
        entry.addAttribute("msRTCSIP-PrimaryUserAddress", person.sip());
        entry.addAttribute("msRTCSIP-PrimaryHomeServer", site.homeServerDn());
        entry.addAttribute("msRTCSIP-UserEnabled", "TRUE");
        entry.addAttribute("msRTCSIP-FederationEnabled", person.number() % 2 == 0 ? "TRUE" : "FALSE");
        entry.addAttribute("msRTCSIP-InternetAccessEnabled", "TRUE");
        entry.addAttribute("msRTCSIP-ArchivingEnabled", "4");
        entry.addAttribute("msRTCSIP-OptionFlags", person.voice() ? "384" : "256");
        entry.addAttribute("msRTCSIP-UserLocationProfile", VoiceEntries.profileDn(site, person.site()));
        if (person.voice()) {
            entry.addAttribute("msRTCSIP-Line", person.line());
        }
        for (var kind : Policy.Kind.values()) {
            // DN-binary: the binary part tells which kind of policy it is
            var dn = VoiceEntries.policyDn(site, site.policyOf(person, kind));
            entry.addAttribute("msRTCSIP-UserPolicy", "B:8:%02X000000:%s".formatted(kind.tag(), dn));
        }
    }
}

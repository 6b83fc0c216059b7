// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import java.util.List;

/** Contact objects of applications (Conferencing Attendant, Response Group), and the directories of conferences. */
final class ApplicationEntries {
    private static final List<String> OWNERS = List.of("Caa", "Cas", "RgsPresenceWatcher", "Rgs");

    private ApplicationEntries() {}

    static void addTo(Forest forest) {
        var site = forest.site();
        var root = site.domain().rtcServiceDn();
        var contacts = Names.below(root, "Application Contacts");
        forest.add(contacts, "container", "msRTCSIP-ApplicationContacts");
        for (var owner : OWNERS) {
            var guid = site.seeded().guid("application " + owner);
            var contact =
                    forest.add(Names.below(contacts, Names.braces(guid)), "person", "organizationalPerson", "contact");
            contact.addAttribute("displayName", "Application " + owner);
            contact.addAttribute("msRTCSIP-OwnerUrn", "urn:application:" + owner);
            contact.addAttribute(
                    "msRTCSIP-PrimaryUserAddress",
                    "sip:RtcApplication-%s@%s".formatted(guid, site.domain().dns()));
            contact.addAttribute("msRTCSIP-PrimaryHomeServer", site.homeServerDn());
            contact.addAttribute("msRTCSIP-UserEnabled", "TRUE");
            contact.addAttribute("msRTCSIP-ApplicationPrimaryLanguage", "nl-NL");
        }
        addDialIn(forest, contacts);
    }

    private static void addDialIn(Forest forest, String contacts) {
        var site = forest.site();
        var root = site.domain().rtcServiceDn();
        var mappings = Names.below(root, "Location Contact Mappings");
        forest.add(mappings, "container", "msRTCSIP-LocationContactMappings");
        var attendant = Names.below(contacts, Names.braces(site.seeded().guid("application Caa")));
        for (var profile : site.profiles()) {
            var mapping = forest.add(Names.below(mappings, profile.name()), "msRTCSIP-LocationContactMapping");
            mapping.addAttribute("msRTCSIP-MappingLocation", profile.name());
            mapping.addAttribute("msRTCSIP-MappingContact", attendant);
        }
        var directories = Names.below(root, "Conference Directories");
        forest.add(directories, "container", "msRTCSIP-ConferenceDirectories");
        var directory = forest.add(Names.below(directories, "1"), "msRTCSIP-ConferenceDirectory");
        directory.addAttribute("msRTCSIP-ConferenceDirectoryId", "1");
        directory.addAttribute(
                "msRTCSIP-ConferenceDirectoryHomePool",
                Names.below(Names.below(root, "Pools"), site.pool().name()));
    }
}

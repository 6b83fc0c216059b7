// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The universal groups that preparing the forest makes in the Users container, nested as Microsoft describes it. */
final class GroupEntries {
    private static final int FIRST_RID = 1_110;
    private static final String UNIVERSAL_SECURITY_GROUP = "-2147483640";

    private static final List<String> NAMES = List.of(
            "RTCUniversalServerAdmins",
            "RTCUniversalUserAdmins",
            "RTCUniversalReadOnlyAdmins",
            "RTCUniversalGlobalWriteGroup",
            "RTCUniversalGlobalReadOnlyGroup",
            "RTCUniversalUserReadOnlyGroup",
            "RTCUniversalServerReadOnlyGroup",
            "RTCHSUniversalServices",
            "RTCComponentUniversalServices",
            "RTCProxyUniversalServices",
            "RTCArchivingUniversalServices",
            "RTCUniversalGuestAccessGroup");

    private static final List<Nesting> MEMBERS = List.of(
            new Nesting(
                    "RTCUniversalGlobalReadOnlyGroup",
                    List.of("RTCUniversalServerAdmins", "RTCUniversalUserAdmins", "RTCUniversalReadOnlyAdmins")),
            new Nesting("RTCUniversalGlobalWriteGroup", List.of("RTCUniversalServerAdmins")),
            new Nesting(
                    "RTCUniversalServerReadOnlyGroup",
                    List.of("RTCUniversalServerAdmins", "RTCUniversalUserAdmins", "RTCUniversalReadOnlyAdmins")),
            new Nesting(
                    "RTCUniversalUserReadOnlyGroup",
                    List.of("RTCUniversalServerAdmins", "RTCUniversalUserAdmins", "RTCUniversalReadOnlyAdmins")),
            new Nesting("RTCHSUniversalServices", List.of("RTCService")),
            new Nesting("RTCComponentUniversalServices", List.of("RTCComponentService")),
            new Nesting("RTCUniversalGuestAccessGroup", List.of("RTCGuestAccessUser")),
            new Nesting("RTCUniversalReadOnlyAdmins", List.of(AccountEntries.BACKUP_ACCOUNT)));

    private GroupEntries() {}

    /** Adds the groups; the accounts must be there. */
    static void addTo(Forest forest, Map<String, Entry> accounts) {
        var all = new HashMap<>(accounts);
        var rid = FIRST_RID;
        for (var name : NAMES) {
            all.put(name, add(forest, name, rid++));
        }
        for (var nesting : MEMBERS) {
            for (var member : nesting.members()) {
                Forest.link(required(all, nesting.group()), "member", required(all, member), "memberOf");
            }
        }
    }

    private static Entry required(Map<String, Entry> entries, String name) {
        return Objects.requireNonNull(entries.get(name), name);
    }

    static Entry add(Forest forest, String name, int rid) {
        var group = forest.addPrincipal(
                Names.below("CN=Users," + forest.site().domain().dn(), name),
                forest.site().seeded().guid("group " + name),
                forest.site().domain().account(rid),
                name,
                "group");
        group.addAttribute("groupType", UNIVERSAL_SECURITY_GROUP);
        return group;
    }

    private record Nesting(String group, List<String> members) {}
}

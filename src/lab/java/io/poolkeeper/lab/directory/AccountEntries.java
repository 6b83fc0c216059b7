// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.lab.model.Domain;
import java.util.Map;

/** Accounts that services run as; in OCS 2007 R2 the service principal names sit on these users. */
final class AccountEntries {
    /** Who binds to read a backup: member of RTCUniversalReadOnlyAdmins, and so may read all OCS settings. */
    static final String BACKUP_ACCOUNT = "svc-backup";

    private static final int FIRST_RID = 1_150;

    private AccountEntries() {}

    static Map<String, Entry> addTo(Forest forest) {
        var pool = forest.site().pool();
        var service = add(forest, "RTCService", FIRST_RID);
        service.addAttribute("servicePrincipalName", "sip/" + pool.fqdn(), "sip/" + pool.name());
        var component = add(forest, "RTCComponentService", FIRST_RID + 1);
        component.addAttribute("servicePrincipalName", "http/" + pool.fqdn());
        return Map.of(
                "RTCService",
                service,
                "RTCComponentService",
                component,
                "RTCGuestAccessUser",
                add(forest, "RTCGuestAccessUser", FIRST_RID + 2),
                BACKUP_ACCOUNT,
                add(forest, BACKUP_ACCOUNT, FIRST_RID + 3));
    }

    static String backupDn(Domain domain) {
        return Names.below("CN=Users," + domain.dn(), BACKUP_ACCOUNT);
    }

    private static Entry add(Forest forest, String name, int rid) {
        var domain = forest.site().domain();
        var account = forest.addPrincipal(
                Names.below("CN=Users," + domain.dn(), name),
                forest.site().seeded().guid("account " + name),
                domain.account(rid),
                name,
                "person",
                "organizationalPerson",
                "user");
        account.addAttribute("userPrincipalName", name + "@" + domain.dns());
        account.addAttribute("userAccountControl", "66048");
        account.addAttribute("description", "Service account of the lab");
        return account;
    }
}

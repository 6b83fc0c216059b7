// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import com.unboundid.ldap.sdk.Filter;
import java.util.List;

/**
 * Which objects of a directory must come back.
 *
 * @param searches all objects that any of them finds
 */
public record DirectoryScope(List<Search> searches) {
    /**
     * One search of a whole subtree.
     *
     * @param base where it begins
     * @param filter what it finds
     */
    public record Search(String base, Filter filter) {}

    /** What belongs to OCS: its tree, people and contacts, its groups, the accounts of its services, its schema. */
    public static DirectoryScope ofOcs(String domainDn) {
        var configuration = "CN=Configuration," + domainDn;
        return new DirectoryScope(List.of(
                new Search("CN=RTC Service,CN=Services," + configuration, Filter.createPresenceFilter("objectClass")),
                new Search(domainDn, Filter.createPresenceFilter("msRTCSIP-PrimaryUserAddress")),
                new Search(domainDn, startsWithRtc("group")),
                new Search(domainDn, startsWithRtc("user")),
                new Search(
                        "CN=Schema," + configuration,
                        Filter.createSubstringFilter("lDAPDisplayName", "msRTCSIP-", null, null))));
    }

    /** Everything in one partition. */
    public static DirectoryScope ofPartition(String dn) {
        return new DirectoryScope(List.of(new Search(dn, Filter.createPresenceFilter("objectClass"))));
    }

    private static Filter startsWithRtc(String category) {
        return Filter.createANDFilter(
                Filter.createEqualityFilter("objectCategory", category),
                Filter.createSubstringFilter("sAMAccountName", "RTC", null, null));
    }
}

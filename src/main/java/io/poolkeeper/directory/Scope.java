// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.poolkeeper.step.PermanentFault;
import java.util.List;
import java.util.Locale;

/**
 * What one search is about: everything at and below a base that a filter matches.
 *
 * @param without containers that another scope of the same export covers; what lies at or below them is left out
 */
record Scope(String base, Filter filter, List<DN> without) {
    /** A container with all below it. */
    static Scope subtree(String base) {
        return new Scope(base, Filter.createPresenceFilter("objectClass"), List.of());
    }

    /**
     * What at least one filter matches; an entry that several match comes once.
     *
     * @throws PermanentFault naming a filter that is not one
     */
    static Scope matching(String base, List<String> filters, List<String> without) {
        var parsed = filters.stream().map(Scope::filter).toList();
        var filter = parsed.size() == 1 ? parsed.get(0) : Filter.createORFilter(parsed);
        return new Scope(base, filter, without.stream().map(Scope::dn).toList());
    }

    /** Whether an entry belongs to this scope. */
    boolean covers(SearchResultEntry entry) throws LDAPException {
        return without.isEmpty() || covers(entry.getParsedDN());
    }

    /** Whether an entry belongs to this scope. */
    boolean covers(FlatEntry entry) throws LDAPException {
        return without.isEmpty() || covers(new DN(entry.dn()));
    }

    private boolean covers(DN dn) {
        for (var container : without) {
            if (dn.isDescendantOf(container, true)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a distinguished name ends with another, without regard to case. */
    static boolean lies(String dn, String within) {
        return dn.toLowerCase(Locale.ROOT).endsWith(within.toLowerCase(Locale.ROOT));
    }

    private static Filter filter(String text) {
        try {
            return Filter.create(text);
        } catch (LDAPException e) {
            throw new PermanentFault(
                    "the catalogue's filter " + text + " is not an LDAP filter", "mend config/catalogue", e);
        }
    }

    private static DN dn(String text) {
        try {
            return new DN(text);
        } catch (LDAPException e) {
            throw new PermanentFault(text + " is not a distinguished name", "mend config/catalogue", e);
        }
    }
}

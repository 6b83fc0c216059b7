// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads whole objects from a domain controller, page by page and range by range. */
final class DirectoryReader {
    private static final int PAGE = 500;
    private static final String RANGE = ";range=";
    // owner, group and discretionary access list: 7 as a BER sequence
    private static final Control SD_FLAGS =
            new Control("1.2.840.113556.1.4.801", true, new ASN1OctetString(new byte[] {0x30, 3, 2, 1, 7}));

    private final LDAPConnection connection;
    private final boolean descriptors;

    DirectoryReader(LDAPConnection connection, boolean descriptors) {
        this.connection = connection;
        this.descriptors = descriptors;
    }

    /** All objects in the scope, by normalized name. */
    Map<String, Entry> search(DirectoryScope scope) throws LDAPException {
        var found = new TreeMap<String, Entry>();
        for (var search : scope.searches()) {
            ASN1OctetString cookie = null;
            do {
                var request = new SearchRequest(search.base(), SearchScope.SUB, search.filter());
                request.setControls(controls(new SimplePagedResultsControl(PAGE, cookie, true)));
                var result = connection.search(request);
                for (var entry : result.getSearchEntries()) {
                    found.put(DN.normalize(entry.getDN()), complete(entry));
                }
                var page = SimplePagedResultsControl.get(result);
                cookie = page == null ? null : page.getCookie();
            } while (cookie != null && cookie.getValueLength() > 0);
        }
        return found;
    }

    /** One object, or null if there is none of that name. */
    @Nullable Entry read(String dn) throws LDAPException {
        var request = new SearchRequest(dn, SearchScope.BASE, Filter.createPresenceFilter("objectClass"));
        request.setControls(controls());
        try {
            var entry = connection.searchForEntry(request);
            return entry == null ? null : complete(entry);
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return null;
            }
            throw e;
        }
    }

    private Control[] controls(Control... others) {
        if (!descriptors) {
            return others;
        }
        var controls = Arrays.copyOf(others, others.length + 1);
        controls[others.length] = SD_FLAGS;
        return controls;
    }

    /** Fetches the rest of attributes that came in ranges. */
    private Entry complete(Entry entry) throws LDAPException {
        var complete = new Entry(entry.getDN());
        for (var attribute : entry.getAttributes()) {
            if (!attribute.getName().contains(RANGE)) {
                complete.addAttribute(attribute);
            }
        }
        for (var attribute : entry.getAttributes()) {
            if (attribute.getName().contains(RANGE)) {
                complete.setAttribute(new Attribute(attribute.getBaseName(), values(entry.getDN(), attribute)));
            }
        }
        return complete;
    }

    private byte[][] values(String dn, Attribute first) throws LDAPException {
        var values = new ArrayList<>(List.of(first.getValueByteArrays()));
        for (var range = first; !range.getName().endsWith("*"); ) {
            var name = range.getName();
            var next = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)) + 1;
            var more = connection.getEntry(dn, "%s%s%d-*".formatted(first.getBaseName(), RANGE, next));
            range = more.getAttributesWithOptions(first.getBaseName(), null).get(0);
            values.addAll(List.of(range.getValueByteArrays()));
        }
        return values.toArray(byte[][]::new);
    }
}

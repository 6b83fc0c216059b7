// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Completes attributes of which the server sent only the first values: {@code member;range=0-1499} is followed by {@code
 * member;range=1500-2999} and so on to {@code member;range=3000-*} ([MS-ADTS] 3.1.1.3.1.3.3; MaxValRange is 1,500, KB
 * 315071). Holds all values of one attribute in memory, no more.
 */
final class ValueRanges {
    private static final Pattern RANGE =
            Pattern.compile("(.+);range=(\\d{1,9})-(\\d{1,9}|\\*)", Pattern.CASE_INSENSITIVE);

    private final Supplier<LDAPConnection> connection;
    private final LdapFaults faults;

    /** One slice of an attribute's values. */
    private record Slice(String attribute, int first, String last, Attribute values) {
        static Optional<Slice> of(Attribute attribute) {
            var match = RANGE.matcher(attribute.getName());
            return match.matches()
                    ? Optional.of(
                            new Slice(match.group(1), Integer.parseInt(match.group(2)), match.group(3), attribute))
                    : Optional.empty();
        }

        boolean isLast() {
            return last.equals("*");
        }

        int next() {
            return Integer.parseInt(last) + 1;
        }
    }

    /**
     * Asks for what is missing.
     *
     * @param connection another one than the search uses that is still running; opened when it is first needed
     */
    ValueRanges(Supplier<LDAPConnection> connection, LdapFaults faults) {
        this.connection = connection;
        this.faults = faults;
    }

    /**
     * The entry with all values of all attributes; attributes without values are left out.
     *
     * @throws io.poolkeeper.step.StepFault if the rest cannot be read
     */
    Entry complete(Entry entry) {
        var complete = new Entry(entry.getDN());
        for (var attribute : entry.getAttributes()) {
            var slice = Slice.of(attribute);
            if (slice.isPresent()) {
                complete.addAttribute(whole(entry.getDN(), slice.get()));
            } else if (attribute.hasValue()) {
                complete.addAttribute(attribute);
            }
        }
        return complete;
    }

    private Attribute whole(String dn, Slice first) {
        var values = new LinkedHashSet<ASN1OctetString>();
        Collections.addAll(values, first.values().getRawValues());
        for (var slice = first; !slice.isLast(); ) {
            var rest = ask(dn, slice);
            if (rest.isEmpty()) {
                break;
            }
            slice = rest.get();
            Collections.addAll(values, slice.values().getRawValues());
        }
        return attribute(first.attribute(), values);
    }

    /** The next slice; nothing if there are no more values. */
    private Optional<Slice> ask(String dn, Slice before) {
        var wanted = before.attribute() + ";range=" + before.next() + "-*";
        try {
            var request = new SearchRequest(dn, SearchScope.BASE, "(objectClass=*)", wanted);
            var entries = connection.get().search(request).getSearchEntries();
            if (entries.isEmpty()) {
                throw vanished(dn, null);
            }
            var slice = entries.get(0).getAttributes().stream()
                    .flatMap(attribute -> Slice.of(attribute).stream())
                    .findFirst();
            slice.filter(s -> s.first() != before.next()).ifPresent(s -> {
                throw new PermanentFault(
                        "the server was asked for " + wanted + " of " + dn + " and sent "
                                + s.values().getName(),
                        "the group's members cannot be read whole from this server");
            });
            return slice;
        } catch (LDAPException e) {
            throw e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
                    ? vanished(dn, e)
                    : faults.of(e, "read " + wanted + " of " + dn);
        }
    }

    private static TransientFault vanished(String dn, @Nullable LDAPException cause) {
        var message = dn + " was deleted while its values were read";
        var hint = "run it again when nobody changes the directory";
        return cause == null ? new TransientFault(message, hint) : new TransientFault(message, hint, cause);
    }

    private static Attribute attribute(String name, Set<ASN1OctetString> values) {
        return new Attribute(name, (MatchingRule) null, values.toArray(ASN1OctetString[]::new));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.directory.AttributeChange.Fate;
import io.poolkeeper.directory.Image.Area;
import io.poolkeeper.set.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Compares two states of one object, attribute by attribute, each by its nature; values of one attribute are a set. */
final class EntryComparison {
    private static final Set<String> OCS_TOO = Set.of("serviceprincipalname", "member");

    private final AttributeTypes types;

    EntryComparison(AttributeTypes types) {
        this.types = types;
    }

    /**
     * Half a SHA-256 over what a restore would bring back or would tell of, and one over what the system owns.
     *
     * @param told of attributes that are OCS's or a person's
     * @param owned of those that the system writes
     */
    record Print(Half told, Half owned) {}

    /** 128 bits. */
    record Half(long high, long low) {}

    /** What is the same for two states without a difference, and for no others. */
    Print print(Entry entry) {
        return new Print(half(entry, fate -> fate == Fate.RESTORED), half(entry, fate -> fate != Fate.RESTORED));
    }

    /** In whatever area: what is no person's is OCS's. */
    private Half half(Entry entry, Predicate<Fate> wanted) {
        var digest = Hashes.digest();
        for (var attribute : byName(entry).values()) {
            if (wanted.test(fate(attribute.getName(), entry, Area.CONTAINER))) {
                piece(digest, attribute.getName().toLowerCase(Locale.ROOT));
                var keys =
                        keys(attribute, name -> name).keySet().stream().sorted().toList();
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(keys.size()).flip());
                keys.forEach(key -> piece(digest, key));
            }
        }
        var bytes = ByteBuffer.wrap(digest.digest());
        return new Half(bytes.getLong(), bytes.getLong());
    }

    private static void piece(java.security.MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    /**
     * What has to change for one state to become another, by the names of the attributes.
     *
     * @param then what is wanted; null for nothing
     * @param now what is there; null for nothing
     * @param renamed the name that an object has now, by the one it had
     */
    List<AttributeChange> changes(@Nullable Entry then, @Nullable Entry now, Area area, UnaryOperator<String> renamed) {
        var wanted = then == null ? Map.<String, Attribute>of() : byName(then);
        var there = now == null ? Map.<String, Attribute>of() : byName(now);
        var names = new TreeMap<String, String>();
        there.forEach((key, attribute) -> names.put(key, attribute.getName()));
        wanted.forEach((key, attribute) -> names.put(key, attribute.getName()));
        var changes = new ArrayList<AttributeChange>();
        names.forEach((key, name) -> {
            var add = keys(wanted.get(key), renamed);
            var delete = keys(there.get(key), same -> same);
            var before = add.size();
            var both = new ArrayList<>(add.keySet());
            both.retainAll(delete.keySet());
            add.keySet().removeAll(both);
            delete.keySet().removeAll(both);
            if (before != both.size() || !delete.isEmpty()) {
                changes.add(new AttributeChange(
                        name,
                        fate(name, then == null ? now : then, area),
                        List.copyOf(add.values()),
                        List.copyOf(delete.values()),
                        both.size()));
            }
        });
        return changes;
    }

    private static Map<String, Attribute> byName(Entry entry) {
        var attributes = new TreeMap<String, Attribute>();
        entry.getAttributes().stream()
                .filter(Attribute::hasValue)
                .forEach(attribute -> attributes.put(attribute.getName().toLowerCase(Locale.ROOT), attribute));
        return attributes;
    }

    private Map<String, ASN1OctetString> keys(@Nullable Attribute attribute, UnaryOperator<String> renamed) {
        var keys = new LinkedHashMap<String, ASN1OctetString>();
        if (attribute != null) {
            for (var raw : attribute.getRawValues()) {
                var value = types.holdsNames(attribute.getBaseName()) ? renamed(raw, renamed) : raw;
                keys.put(types.key(attribute.getBaseName(), value.getValue()), value);
            }
        }
        return keys;
    }

    private static ASN1OctetString renamed(ASN1OctetString value, UnaryOperator<String> renamed) {
        var text = value.stringValue();
        var changed = AttributeTypes.renamed(text, renamed);
        return changed.equals(text) ? value : new ASN1OctetString(changed);
    }

    private Fate fate(String option, @Nullable Entry entry, Area area) {
        var name = Attribute.getBaseName(option);
        if (types.isBackLink(name)) {
            return Fate.BACK_LINK;
        }
        if (types.isSystems(name) || (entry != null && names(entry, name))) {
            return Fate.SYSTEM;
        }
        return area == Area.CONTAINER || isOcs(name) ? Fate.RESTORED : Fate.NOT_OCS;
    }

    /** The attribute in an object's name changes by renaming it alone. */
    private static boolean names(Entry entry, String attribute) {
        try {
            var rdn = new DN(entry.getDN()).getRDN();
            return rdn != null && rdn.hasAttribute(attribute);
        } catch (LDAPException e) {
            return false;
        }
    }

    /** Whether OCS has put it into an object that is not OCS's. */
    static boolean isOcs(String attribute) {
        var name = attribute.toLowerCase(Locale.ROOT);
        return name.startsWith("msrtcsip-") || OCS_TOO.contains(name);
    }
}

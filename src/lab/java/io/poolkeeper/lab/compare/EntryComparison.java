// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares one object. */
final class EntryComparison {
    private static final String DESCRIPTOR = "ntsecuritydescriptor";
    // counted by each domain controller for itself, and not replicated as data
    private static final Set<String> NO_DATA = Set.of(
            "usnchanged",
            "usncreated",
            "whenchanged",
            "lastlogon",
            "lastlogontimestamp",
            "logoncount",
            "badpwdcount",
            "badpasswordtime",
            "dscorepropagationdata");

    private EntryComparison() {}

    static List<Difference> compare(String part, String dn, @Nullable Entry live, @Nullable Entry restored) {
        if (live == null || restored == null) {
            return List.of(new Difference(part, dn, presence(live), presence(restored)));
        }
        var liveValues = values(live);
        var restoredValues = values(restored);
        if (!restoredValues.containsKey(DESCRIPTOR)) {
            liveValues.remove(DESCRIPTOR);
        }
        var names = new TreeSet<>(liveValues.keySet());
        names.addAll(restoredValues.keySet());
        var differences = new ArrayList<Difference>();
        for (var name : names) {
            var onlyLive = without(liveValues, restoredValues, name);
            var onlyRestored = without(restoredValues, liveValues, name);
            if (!onlyLive.isEmpty() || !onlyRestored.isEmpty()) {
                differences.add(new Difference(part, live.getDN() + " " + name, text(onlyLive), text(onlyRestored)));
            }
        }
        return differences;
    }

    private static String presence(@Nullable Entry entry) {
        return entry == null ? Difference.ABSENT : "object";
    }

    private static Set<String> without(Map<String, Set<String>> values, Map<String, Set<String>> others, String name) {
        var left = new TreeSet<>(values.getOrDefault(name, Set.of()));
        left.removeAll(others.getOrDefault(name, Set.of()));
        return left;
    }

    private static String text(Set<String> values) {
        return values.isEmpty() ? Difference.ABSENT : String.join("; ", values);
    }

    private static Map<String, Set<String>> values(Entry entry) {
        var values = new TreeMap<String, Set<String>>();
        for (var attribute : entry.getAttributes()) {
            var name = attribute.getBaseName().toLowerCase(Locale.ROOT);
            if (!NO_DATA.contains(name) && attribute.hasValue()) {
                values.computeIfAbsent(name, key -> new TreeSet<>()).addAll(values(attribute));
            }
        }
        return values;
    }

    private static List<String> values(Attribute attribute) {
        var values = new ArrayList<String>();
        for (var bytes : attribute.getValueByteArrays()) {
            values.add(text(bytes));
        }
        return values;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // binary: any text that is the same for the same bytes will do
            return "base64:" + Base64.getEncoder().encodeToString(bytes);
        }
    }
}

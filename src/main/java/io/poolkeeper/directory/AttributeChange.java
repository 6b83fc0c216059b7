// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.fasterxml.jackson.annotation.JsonValue;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one attribute lacks and has too much of.
 *
 * @param name as the directory spells it
 * @param fate whether it would be brought back
 * @param add values that are missing now
 * @param delete values that are there now and would be lost
 * @param kept how many values are on both sides
 */
record AttributeChange(String name, Fate fate, List<ASN1OctetString> add, List<ASN1OctetString> delete, int kept) {
    private static final int SHOWN = 5;

    /** What becomes of an attribute's difference. */
    enum Fate {
        /** It is OCS's and is brought back. */
        RESTORED,
        /** The system writes it. */
        SYSTEM,
        /** The domain controller computes it from another object's link. */
        BACK_LINK,
        /** It belongs to a person or account, and not to OCS. */
        NOT_OCS;

        /** The word in JSON. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    AttributeChange {
        add = List.copyOf(add);
        delete = List.copyOf(delete);
    }

    boolean isRestored() {
        return fate == Fate.RESTORED;
    }

    /** As an LDAP client would ask for it: single values are replaced, of several only those that differ are touched. */
    List<Modification> modifications() {
        if (kept == 0 && add.isEmpty()) {
            return List.of(new Modification(ModificationType.DELETE, name));
        }
        if (kept == 0 && add.size() == 1 && delete.size() == 1) {
            return List.of(change(ModificationType.REPLACE, add));
        }
        if (delete.isEmpty()) {
            return List.of(change(ModificationType.ADD, add));
        }
        return add.isEmpty()
                ? List.of(change(ModificationType.DELETE, delete))
                : List.of(change(ModificationType.DELETE, delete), change(ModificationType.ADD, add));
    }

    private Modification change(ModificationType type, Collection<ASN1OctetString> values) {
        return new Modification(type, name, values.toArray(ASN1OctetString[]::new));
    }

    /** As an attribute of an object that is made anew. */
    Attribute attribute() {
        return new Attribute(name, (MatchingRule) null, add.toArray(ASN1OctetString[]::new));
    }

    /** The same without some of the values that it adds. */
    AttributeChange adding(List<ASN1OctetString> values) {
        return new AttributeChange(name, fate, values, delete, kept);
    }

    /** The values that would be lost, in words; the first few of many. */
    String told() {
        var shown = delete.stream()
                .limit(SHOWN)
                .map(value -> new Value(value).told())
                .collect(Collectors.joining(", "));
        return delete.size() > SHOWN ? shown + " and " + (delete.size() - SHOWN) + " more" : shown;
    }

    /** A value as text if it is that, else as its bytes. */
    record Value(ASN1OctetString bytes) {
        private static final int LONGEST = 200;

        private Optional<String> text() {
            try {
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.getValue()))
                        .toString();
                return text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t')
                        ? Optional.of(text)
                        : Optional.empty();
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }

        /** {@code {"text": ..}}, or {@code {"base64": ..}} if it is none. */
        Map<String, String> json() {
            return text().map(text -> Map.of("text", text)).orElseGet(() -> Map.of("base64", base64()));
        }

        private String told() {
            var all =
                    text().map(text -> "'" + text.replaceAll("\\s", " ") + "'").orElseGet(() -> "base64 " + base64());
            return all.length() > LONGEST ? all.substring(0, LONGEST) + ".." : all;
        }

        private String base64() {
            return Base64.getEncoder().encodeToString(bytes.getValue());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.fasterxml.jackson.annotation.JsonValue;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFDeleteChangeRecord;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What would bring one object back to an earlier state.
 *
 * @param dn its distinguished name now, or the one that it would get
 * @param kind what is done with it
 * @param attributes its differences, those included that stay
 * @param remark what somebody should know of it; null if nothing
 * @param then its earlier state; null if there was none
 */
record ObjectChange(
        String dn,
        Kind kind,
        List<AttributeChange> attributes,
        @Nullable String remark,
        @Nullable Entry then) {
    /** What is done with an object. */
    enum Kind {
        ADD,
        MODIFY,
        DELETE,
        /** Nothing of it is OCS's that differs. */
        NONE,
        /** Nothing can be done by a change record. */
        BLOCKED;

        /** The word in JSON. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ObjectChange {
        attributes = List.copyOf(attributes);
    }

    /** Its differences that are brought back. */
    List<AttributeChange> restored() {
        return attributes.stream().filter(AttributeChange::isRestored).toList();
    }

    /** The change record; nothing if nothing is done. */
    Optional<LDIFChangeRecord> asRecord() {
        return Optional.ofNullable(
                switch (kind) {
                    case ADD -> new LDIFAddChangeRecord(dn, added());
                    case MODIFY -> new LDIFModifyChangeRecord(dn, modifications());
                    case DELETE -> new LDIFDeleteChangeRecord(dn);
                    case NONE, BLOCKED -> null;
                });
    }

    private List<Modification> modifications() {
        return restored().stream()
                .flatMap(change -> change.modifications().stream())
                .toList();
    }

    /** The class and the name are what the system keeps of an object, and what it wants to be told when it is made. */
    private List<Attribute> added() {
        var all = new ArrayList<Attribute>();
        if (then != null) {
            Stream.concat(Stream.of("objectClass"), nameAttributes().stream())
                    .map(then::getAttribute)
                    .filter(attribute -> attribute != null && attribute.hasValue())
                    .forEach(all::add);
        }
        restored().forEach(change -> all.add(change.attribute()));
        return all;
    }

    private List<String> nameAttributes() {
        try {
            return List.of(new DN(dn).getRDN().getAttributeNames());
        } catch (LDAPException e) {
            return List.of();
        }
    }

    /** Differences that a record leaves out; what an object is made with anyway is none. */
    List<AttributeChange> leftOut() {
        if (kind == Kind.DELETE) {
            return List.of();
        }
        var made = kind == Kind.ADD ? nameAttributes() : List.<String>of();
        return attributes.stream()
                .filter(change -> !change.isRestored())
                .filter(change -> kind != Kind.ADD || !change.name().equalsIgnoreCase("objectClass"))
                .filter(change -> made.stream().noneMatch(change.name()::equalsIgnoreCase))
                .toList();
    }

    /** What is there now and would be lost, in words. */
    List<String> losses() {
        return switch (kind) {
            case ADD, NONE, BLOCKED -> List.of();
            case DELETE -> List.of(dn + " is there and would be deleted, with " + attributes.size() + " attributes");
            case MODIFY ->
                restored().stream()
                        .filter(change -> !change.delete().isEmpty())
                        .map(change -> dn + ": " + change.name() + " would lose " + change.told())
                        .toList();
        };
    }

    /** The same with other differences. */
    ObjectChange with(Kind otherKind, List<AttributeChange> others) {
        return new ObjectChange(dn, otherKind, others, remark, then);
    }
}

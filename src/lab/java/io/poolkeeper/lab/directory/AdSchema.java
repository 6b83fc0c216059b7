// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of Active Directory's schema that the lab's objects use, with the attributes and classes that OCS 2007 R2 adds. The
 * numeric identifiers of what OCS adds are made up: Microsoft's own were not looked up.
 */
final class AdSchema {
    /** One attribute type. */
    record AttributeType(String name, Syntax syntax, boolean single) {}

    /** How values look and compare. */
    enum Syntax {
        TEXT("1.3.6.1.4.1.1466.115.121.1.15", "caseIgnoreMatch", "2.5.5.12", 64),
        NUMBER("1.3.6.1.4.1.1466.115.121.1.27", "integerMatch", "2.5.5.9", 2),
        TRUTH("1.3.6.1.4.1.1466.115.121.1.7", "booleanMatch", "2.5.5.8", 1),
        NAME("1.3.6.1.4.1.1466.115.121.1.12", "distinguishedNameMatch", "2.5.5.1", 127),
        BYTES("1.3.6.1.4.1.1466.115.121.1.40", "octetStringMatch", "2.5.5.10", 4),
        TIME("1.3.6.1.4.1.1466.115.121.1.24", "generalizedTimeMatch", "2.5.5.11", 24);

        private final String oid;
        private final String matching;
        private final String attributeSyntax;
        private final int omSyntax;

        Syntax(String oid, String matching, String attributeSyntax, int omSyntax) {
            this.oid = oid;
            this.matching = matching;
            this.attributeSyntax = attributeSyntax;
            this.omSyntax = omSyntax;
        }

        /** As an attributeSchema object says it. */
        String attributeSyntax() {
            return attributeSyntax;
        }

        /** As an attributeSchema object says it. */
        int omSyntax() {
            return omSyntax;
        }
    }

    /** Where the identifiers of what OCS adds hang: Microsoft's arc for generated ones. */
    static final String OCS_ARC = "1.2.840.113556.1.8000.2554.2007";

    private static final List<AttributeType> TYPES = AdSchemaTypes.all();

    private AdSchema() {}

    /** The attributes that OCS adds. */
    static List<AttributeType> ocsTypes() {
        return TYPES.stream().filter(type -> isOcs(type.name())).toList();
    }

    /** The classes that OCS adds. */
    static List<String> ocsClasses() {
        return AdSchemaTypes.CLASSES.stream().filter(AdSchema::isOcs).toList();
    }

    /** The schema for the server. All classes allow all attributes: the lab checks names, not where they belong. */
    static Schema schema() {
        var lines = new ArrayList<String>();
        lines.add("dn: cn=schema");
        lines.add("objectClass: top");
        lines.add("objectClass: subschema");
        var names = new ArrayList<String>();
        for (var type : TYPES) {
            lines.add("attributeTypes: ( %s.1.%d NAME '%s' EQUALITY %s SYNTAX %s%s )"
                    .formatted(
                            OCS_ARC,
                            names.size(),
                            type.name(),
                            type.syntax().matching,
                            type.syntax().oid,
                            type.single() ? " SINGLE-VALUE" : ""));
            names.add(type.name());
        }
        lines.add("objectClasses: ( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass MAY ( " + String.join(" $ ", names)
                + " ) )");
        for (var i = 0; i < AdSchemaTypes.CLASSES.size(); i++) {
            lines.add("objectClasses: ( %s.2.%d NAME '%s' SUP top STRUCTURAL )"
                    .formatted(OCS_ARC, i, AdSchemaTypes.CLASSES.get(i)));
        }
        try {
            return new Schema(new Entry(lines.toArray(String[]::new)));
        } catch (LDIFException e) {
            throw new IllegalStateException("the lab's own schema is not LDIF", e);
        }
    }

    private static boolean isOcs(String name) {
        return name.startsWith("msRTCSIP-");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import java.util.Locale;

/** The schema partition with what OCS adds by its first step, preparing the schema. */
final class SchemaEntries {
    /** {@code rangeUpper} of the schema version object for OCS 2007 R2. */
    static final String SCHEMA_VERSION = "1008";

    private SchemaEntries() {}

    static void addTo(Forest forest) {
        var schemaDn = forest.site().domain().schemaDn();
        forest.add(schemaDn, "dMD");
        addAttribute(forest, new AdSchema.AttributeType("msRTCSIP-SchemaVersion", AdSchema.Syntax.TEXT, true), 0)
                .addAttribute("rangeUpper", SCHEMA_VERSION);
        var number = 1;
        for (var type : AdSchema.ocsTypes()) {
            addAttribute(forest, type, number++);
        }
        for (var name : AdSchema.ocsClasses()) {
            var entry = forest.add(Names.below(schemaDn, schemaName(name)), "classSchema");
            entry.addAttribute("lDAPDisplayName", name);
            entry.addAttribute("governsID", AdSchema.OCS_ARC + ".2." + number++);
            entry.addAttribute("schemaIDGUID", Names.guid(forest.site().seeded().guid("class " + name)));
        }
    }

    private static Entry addAttribute(Forest forest, AdSchema.AttributeType type, int number) {
        var dn = Names.below(forest.site().domain().schemaDn(), schemaName(type.name()));
        var entry = forest.add(dn, "attributeSchema");
        entry.addAttribute("lDAPDisplayName", type.name());
        entry.addAttribute("attributeID", AdSchema.OCS_ARC + ".1." + number);
        entry.addAttribute("attributeSyntax", type.syntax().attributeSyntax());
        entry.addAttribute("oMSyntax", Integer.toString(type.syntax().omSyntax()));
        entry.addAttribute("isSingleValued", Boolean.toString(type.single()).toUpperCase(Locale.ROOT));
        entry.addAttribute("schemaIDGUID", Names.guid(forest.site().seeded().guid("attribute " + type.name())));
        return entry;
    }

    /** The object's name, which differs from the name that clients use: {@code ms-RTC-SIP-PrimaryUserAddress}. */
    private static String schemaName(String name) {
        return "ms-RTC-SIP-" + name.substring("msRTCSIP-".length());
    }
}

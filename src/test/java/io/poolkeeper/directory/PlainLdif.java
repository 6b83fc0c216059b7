// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads entries of LDIF (RFC 2849) with nothing of the product or of its LDAP library: a second opinion. */
final class PlainLdif {
    private PlainLdif() {}

    /**
     * All entries by their names as written; attributes by their names in lower case, values in base64.
     *
     * @throws IllegalStateException if a name comes twice, or a value twice in one attribute
     */
    static Map<String, Map<String, Set<String>>> entries(String text) {
        var entries = new TreeMap<String, Map<String, Set<String>>>();
        for (var block : text.replace("\n ", "").split("\n\n+", -1)) {
            var attributes = new TreeMap<String, Set<String>>();
            var dn = "";
            for (var line : block.split("\n", -1)) {
                var colon = line.indexOf(':');
                if (line.startsWith("#") || colon < 0 || line.startsWith("version:")) {
                    continue;
                }
                var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                var value = base64(line.substring(colon + 1));
                if (name.equals("dn")) {
                    dn = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
                } else if (!attributes
                        .computeIfAbsent(name, any -> new TreeSet<>())
                        .add(value)) {
                    throw new IllegalStateException(dn + " has a value of " + name + " twice");
                }
            }
            if (!dn.isEmpty() && entries.put(dn, attributes) != null) {
                throw new IllegalStateException(dn + " comes twice");
            }
        }
        return entries;
    }

    /** What follows the colon: text, or after another colon base64. */
    private static String base64(String rest) {
        return rest.startsWith(":")
                ? rest.substring(1).strip()
                : Base64.getEncoder().encodeToString(rest.stripLeading().getBytes(StandardCharsets.UTF_8));
    }
}

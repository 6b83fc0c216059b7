// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.UUID;

/** How Active Directory writes names and GUIDs. */
final class Names {
    private Names() {}

    /** A relative name: only what must be escaped is, other scripts stay as they are (RFC 4514). */
    static String rdn(String type, String value) {
        var escaped = value.replaceAll("([,+\"\\\\<>;=])", "\\\\$1");
        return type + "=" + (escaped.startsWith("#") ? "\\" + escaped : escaped);
    }

    /** A name directly below another. */
    static String below(String parent, String commonName) {
        return rdn("CN", commonName) + "," + parent;
    }

    /** The value of the first relative name, without escapes. */
    static String first(String dn) {
        var begin = dn.indexOf('=') + 1;
        var end = begin;
        while (end < dn.length() && dn.charAt(end) != ',') {
            end += dn.charAt(end) == '\\' ? 2 : 1;
        }
        return dn.substring(begin, end).replaceAll("\\\\(.)", "$1");
    }

    /** A GUID as objectGUID holds it: the first three groups little-endian ([MS-DTYP] 2.3.4.2). */
    static byte[] guid(UUID guid) {
        var bytes = ByteBuffer.allocate(16);
        var high = guid.getMostSignificantBits();
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
        bytes.order(ByteOrder.BIG_ENDIAN);
        return bytes.putLong(guid.getLeastSignificantBits()).array();
    }

    /** A GUID as OCS writes it in names. */
    static String braces(UUID guid) {
        return "{" + guid.toString().toUpperCase(Locale.ROOT) + "}";
    }
}

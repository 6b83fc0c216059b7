// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.set.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamReader;

/**
 * Sums up what an XML document says, so that two files with the same sum say the same. What counts is the elements in
 * their order, each with namespace and local name, their attributes in the order of their names, and text without the
 * white space around it. Prefixes, comments, processing instructions, CDATA marks, indentation and encoding do not count.
 * Not thread-safe.
 */
final class CanonicalXml {
    private final MessageDigest digest = Hashes.digest();

    /** An element begins; the reader stands on it. */
    void start(XMLStreamReader reader) {
        mark('<');
        piece(reader.getName().toString());
        var attributes = new TreeMap<String, String>();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeName(i).toString(), reader.getAttributeValue(i));
        }
        attributes.forEach((name, value) -> {
            mark('@');
            piece(name);
            piece(value);
        });
    }

    /** Text between two tags, without the white space around it; not empty. */
    void text(String said) {
        mark('"');
        piece(said);
    }

    /** An element ends. */
    void end() {
        mark('>');
    }

    /** The sum, 64 lower-case hexadecimal digits. */
    String sha256() {
        return Hashes.hex(digest.digest());
    }

    private void mark(char kind) {
        digest.update((byte) kind);
    }

    private void piece(String said) {
        var bytes = said.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}

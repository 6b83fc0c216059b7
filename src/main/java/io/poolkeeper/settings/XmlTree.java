// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.set.Hashes;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML file as a tree of what it says: like {@link CanonicalXml}, but the order of siblings does not count either. Held in
 * memory, which exported settings are small enough for.
 */
final class XmlTree {
    /** Larger files are no settings that somebody could read the differences of, bytes. */
    static final long MOST_BYTES = 64L << 20;

    private XmlTree() {}

    /**
     * One element.
     *
     * @param name its local name
     * @param attributes by local name
     * @param text without the white space around it
     * @param sum the same for two elements if and only if they say the same
     */
    record Element(String name, TreeMap<String, String> attributes, String text, List<Element> children, String sum) {
        /** Whether it holds a value and no elements. */
        boolean isLeaf() {
            return children.isEmpty();
        }
    }

    /** An element whose end has not come yet. */
    private static final class Open {
        private final String name;
        private final TreeMap<String, String> attributes = new TreeMap<>();
        private final StringBuilder text = new StringBuilder();
        private final List<Element> children = new ArrayList<>();

        Open(XMLStreamReader reader) {
            name = reader.getLocalName();
            for (var i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }

        Element close() {
            var said = text.toString().strip();
            var whole = new StringBuilder();
            piece(whole, name);
            attributes.forEach((attribute, value) -> {
                piece(whole, attribute);
                piece(whole, value);
            });
            piece(whole, said);
            children.stream().map(Element::sum).sorted().forEach(sum -> piece(whole, sum));
            var sum = Hashes.sha256(whole.toString().getBytes(StandardCharsets.UTF_8));
            return new Element(name, attributes, said, List.copyOf(children), sum);
        }

        private static void piece(StringBuilder whole, String said) {
            whole.append(said.length()).append(':').append(said);
        }
    }

    /**
     * Reads a file.
     *
     * @throws XmlReading.Malformed if it is not well-formed XML without a document type definition, or too large
     * @throws IOException if it cannot be read
     */
    static Element of(Path file) throws XmlReading.Malformed, IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new XmlReading.Malformed("is too large to be compared value by value");
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var reader = XmlReading.factory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        return element(reader);
                    }
                    case XMLStreamConstants.DTD -> throw new XmlReading.Malformed("has a document type definition");
                    default -> {
                        // white space, comments and processing instructions
                    }
                }
            }
            throw new XmlReading.Malformed("has no element");
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io && !(io instanceof CharConversionException)) {
                throw io;
            }
            throw new XmlReading.Malformed("is not well-formed XML");
        }
    }

    /** Reads the element on whose beginning the reader stands, to its end. */
    static Element element(XMLStreamReader reader) throws XMLStreamException, XmlReading.Malformed {
        var open = new ArrayDeque<Open>();
        open.push(new Open(reader));
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlReading.requireFlat(open.size() + 1);
                    open.push(new Open(reader));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    open.element().text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    var closed = open.pop().close();
                    if (open.isEmpty()) {
                        return closed;
                    }
                    open.element().children.add(closed);
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new XmlReading.Malformed("refers to an entity");
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        throw new XmlReading.Malformed("ends too early");
    }
}

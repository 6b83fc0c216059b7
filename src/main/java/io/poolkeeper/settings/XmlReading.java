// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One reading of an XML file from its beginning to its end. A document type definition is refused, so nothing outside the
 * file is fetched and nothing in it expands. The encoding is that of the byte order mark or the declaration: dbimpexp
 * writes UTF-16.
 */
final class XmlReading {
    /** No export nests so deeply; whatever walks the elements needs a stack as deep. */
    static final int DEEPEST = 500;

    private static final String USER = "HomedResource";

    private final Set<String> sought;
    private final Set<String> mentioned = new HashSet<>();
    private final Set<String> levels = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();
    private final CanonicalXml canonical = new CanonicalXml();
    private String root = "";
    private long elements;
    private int depth;
    private long attributes;
    private long users;
    private XmlFacts facts = new XmlFacts("", 0, 0, 0, "");

    private XmlReading(Collection<String> words) {
        this.sought = new HashSet<>(words);
    }

    /** A file that is not what it should be. */
    static final class Malformed extends Exception {
        Malformed(String what) {
            super(what);
        }

        /** What is wrong, in words. */
        String what() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a file.
     *
     * @param words what to look for in texts and attributes, without regard to case
     * @throws Malformed if it is not well-formed XML without a document type definition
     * @throws IOException if it cannot be read
     */
    static XmlReading of(Path file, Collection<String> words) throws Malformed, IOException {
        var reading = new XmlReading(words);
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var reader = factory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                reading.event(reader, reader.next());
            }
            reading.end();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io && !(io instanceof CharConversionException)) {
                throw io;
            }
            throw new Malformed("is not well-formed XML: " + firstLine(e));
        }
        return reading;
    }

    private void end() {
        facts = new XmlFacts(root, elements, attributes, users, canonical.sha256());
    }

    /** Reads no document type definition and fetches nothing. */
    static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }

    private static String firstLine(XMLStreamException e) {
        var at = e.getLocation();
        var words = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return at == null ? words : words + " (line " + at.getLineNumber() + ")";
    }

    private void event(XMLStreamReader reader, int event) throws Malformed {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                requireFlat(++depth);
                element(reader);
            }
            case XMLStreamConstants.END_ELEMENT -> {
                depth--;
                text();
                canonical.end();
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                text.append(reader.getText());
            case XMLStreamConstants.DTD -> throw new Malformed("has a document type definition, which no export has");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new Malformed("refers to an entity");
            default -> {
                // comments and processing instructions say nothing
            }
        }
    }

    static void requireFlat(int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("nests more than " + DEEPEST + " elements");
        }
    }

    /** What stands between two tags, which the parser may deliver in pieces. */
    private void text() {
        var said = text.toString().strip();
        text.setLength(0);
        if (!said.isEmpty()) {
            look(said);
            canonical.text(said);
        }
    }

    private void element(XMLStreamReader reader) {
        text();
        if (elements == 0) {
            root = reader.getLocalName();
        }
        elements++;
        if (reader.getLocalName().equals(USER)) {
            users++;
        }
        attributes += reader.getAttributeCount();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        canonical.start(reader);
    }

    private void attribute(String name, String value) {
        look(value);
        if (name.equalsIgnoreCase("level") || name.equalsIgnoreCase("levels")) {
            levels.add(value.toLowerCase(Locale.ROOT));
        }
    }

    private void look(String said) {
        var lower = said.toLowerCase(Locale.ROOT);
        for (var word : sought) {
            if (!mentioned.contains(word) && lower.contains(word.toLowerCase(Locale.ROOT))) {
                mentioned.add(word);
            }
        }
    }

    /** Whether one of the words that were looked for was found. */
    boolean mentions(String word) {
        return mentioned.contains(word);
    }

    /** Values of attributes that are called level, in lower case; empty if there are none. */
    Set<String> levels() {
        return levels;
    }

    /** What it says. */
    XmlFacts facts() {
        return facts;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.CharacterData;
import org.w3c.dom.Comment;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * An element as far as it carries meaning.
 *
 * @param name of the element
 * @param attributes by name
 * @param text directly in it, without white space around it
 * @param children in their order
 */
record XmlElement(String name, Map<String, String> attributes, String text, List<XmlElement> children) {
    private static final List<String> NAMING = List.of("Name", "Key", "Id", "UserAtHost", "Buddy", "Number");

    static XmlElement parse(byte[] document) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return of(builder.parse(new ByteArrayInputStream(document)).getDocumentElement());
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("not well-formed XML: " + e.getMessage(), e);
        }
    }

    private static XmlElement of(Element element) {
        var attributes = new TreeMap<String, String>();
        for (var i = 0; i < element.getAttributes().getLength(); i++) {
            var attribute = element.getAttributes().item(i);
            attributes.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        var text = new StringBuilder();
        var children = new ArrayList<XmlElement>();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(of(child));
            } else if (node instanceof CharacterData data && !(node instanceof Comment)) {
                text.append(data.getData());
            }
        }
        return new XmlElement(element.getTagName(), attributes, text.toString().strip(), children);
    }

    /** The element in a path, told apart from its siblings by the attribute that names it. */
    String step() {
        return NAMING.stream()
                .filter(attributes::containsKey)
                .findFirst()
                .map(key -> "%s[@%s='%s']".formatted(name, key, attributes.get(key)))
                .orElse(name);
    }

    /** Of elements with this name the one that shares most, the same step before all; null if there is none. */
    @Nullable XmlElement mostAlike(List<XmlElement> others) {
        XmlElement best = null;
        var most = -1;
        for (var other : others) {
            if (other.name.equals(name)) {
                var alike = (other.step().equals(step()) ? 1_000 : 0)
                        + (other.text.equals(text) ? 1 : 0)
                        + (int) attributes.entrySet().stream()
                                .filter(other.attributes.entrySet()::contains)
                                .count();
                if (alike > most) {
                    best = other;
                    most = alike;
                }
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return name + attributes + (text.isEmpty() ? "" : " " + text);
    }
}

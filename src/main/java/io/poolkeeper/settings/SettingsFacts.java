// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.settings.XmlTree.Element;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What exported settings and user data name. How LCSCmd spells its XML is not documented, but the names of the classes and
 * their properties are: a value counts as that of a property if class and property are named, in whatever way, on the way to
 * it.
 */
public final class SettingsFacts {
    private static final String CANNOT_READ = "check the vault's volume and permissions";

    private final Map<String, Set<String>> found = new TreeMap<>();

    private SettingsFacts(Collection<String> wanted) {
        wanted.forEach(property -> found.put(property, new TreeSet<>()));
    }

    /**
     * The values of some properties.
     *
     * @param wanted {@code Class.Property} each
     * @return what was wanted to its values that are not empty; no value if it is named nowhere
     * @throws io.poolkeeper.step.StepFault if the file cannot be read
     */
    public static Map<String, Set<String>> values(Path file, Collection<String> wanted) {
        var facts = new SettingsFacts(wanted);
        try {
            facts.visit(XmlTree.of(file), Set.of());
            return facts.found;
        } catch (XmlReading.Malformed e) {
            throw malformed(file, e.what());
        } catch (IOException e) {
            throw new TransientFault(file + " cannot be read: " + e.getMessage(), CANNOT_READ, e);
        }
    }

    private static PermanentFault malformed(Path file, String what) {
        return new PermanentFault(file.getFileName() + " " + what, "'verify' tells more");
    }

    private void visit(Element element, Set<String> above) {
        var names = new HashSet<>(above);
        names.add(element.name().toLowerCase(Locale.ROOT));
        XmlDifference.KEYS.forEach(
                key -> XmlDifference.key(key, element).ifPresent(value -> names.add(value.toLowerCase(Locale.ROOT))));
        element.attributes().forEach((name, value) -> take(value, names, name));
        if (element.isLeaf() && !XmlDifference.KEYS.contains(element.name().toLowerCase(Locale.ROOT))) {
            take(element.text(), names, null);
        }
        element.children().forEach(child -> visit(child, names));
    }

    private void take(String value, Set<String> names, @org.jspecify.annotations.Nullable String attribute) {
        found.forEach((wanted, values) -> {
            var dot = wanted.indexOf('.');
            var property = wanted.substring(dot + 1);
            var named = attribute == null
                    ? names.contains(property.toLowerCase(Locale.ROOT))
                    : attribute.equalsIgnoreCase(property);
            if (named
                    && !value.isBlank()
                    && names.contains(wanted.substring(0, dot).toLowerCase(Locale.ROOT))) {
                values.add(value.strip());
            }
        });
    }

    /**
     * The users of an export by dbimpexp, as a stream: {@code user@domain} in lower case.
     *
     * @throws io.poolkeeper.step.StepFault if the file cannot be read
     */
    public static Set<String> users(Path file) {
        var users = new HashSet<String>();
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var reader = XmlReading.factory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("HomedResource")) {
                    user(reader, users);
                }
            }
            return users;
        } catch (XMLStreamException e) {
            throw malformed(file, "is not well-formed XML");
        } catch (IOException e) {
            throw new TransientFault(file + " cannot be read: " + e.getMessage(), CANNOT_READ, e);
        }
    }

    private static void user(XMLStreamReader reader, Set<String> users) {
        var name = reader.getAttributeValue(null, "UserAtHost");
        if (name != null && !name.isBlank()) {
            users.add(name.strip().toLowerCase(Locale.ROOT).replaceFirst("^sip:", ""));
        }
    }
}

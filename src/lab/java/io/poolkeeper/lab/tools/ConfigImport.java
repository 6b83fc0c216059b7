// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * {@code /config /action:import /level:... /configfile:FILE /restore:true ...}: writes settings back into the stores. That the
 * real tool has these options is remembered, not verified.
 */
final class ConfigImport {
    private final OcsFolder ocs;

    ConfigImport(OcsFolder ocs) {
        this.ocs = ocs;
    }

    Path run(Arguments command) throws IOException {
        command.allowOnly("config", "action", "level", "configfile", "poolname", "fqdn", "restore", "l");
        var levels = Level.parse(command.required("level"));
        var file = Path.of(command.required("configfile"));
        if (!command.required("restore").equalsIgnoreCase("true")) {
            throw new Refused("Only '/restore:true' is known here: the same deployment, all settings.");
        }
        if (!Files.isRegularFile(file)) {
            throw new Refused("The file '" + file + "' does not exist.");
        }
        var root = parse(file);
        for (var level : levels) {
            var target = Target.of(ocs, level, command);
            target.read(ocs);
            Sections.write(target.store(), sections(levelOf(root, level, file)));
        }
        return file;
    }

    static Element parse(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new Refused("The file '" + file + "' is not a configuration file: " + e.getMessage());
        }
    }

    private static Element levelOf(Element root, Level level, Path file) {
        for (var element : children(root, "Level")) {
            if (element.getAttribute("Name").equals(level.key())) {
                return element;
            }
        }
        throw new Refused("The file '" + file + "' holds no settings of level " + level.key() + ".");
    }

    private static List<Section> sections(Element level) {
        var sections = new ArrayList<Section>();
        for (var type : children(level, "Class")) {
            for (var instance : children(type, "Instance")) {
                var values = new LinkedHashMap<String, String>();
                for (var property : children(instance, "Property")) {
                    values.put(property.getAttribute("Name"), property.getTextContent());
                }
                sections.add(new Section(type.getAttribute("Name"), instance.getAttribute("Key"), values));
            }
        }
        return sections;
    }

    static List<Element> children(Element parent, String name) {
        var children = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}

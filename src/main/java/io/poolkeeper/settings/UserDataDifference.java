// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Whose data differs between two exports by dbimpexp, read as streams: a line for each user, never what the data is. */
final class UserDataDifference {
    private UserDataDifference() {}

    /**
     * What an import of the later file would bring to where the earlier came from.
     *
     * @throws XmlReading.Malformed if one of them is not well-formed XML
     * @throws IOException if one of them cannot be read
     */
    static List<String> of(Path before, Path now) throws XmlReading.Malformed, IOException {
        var there = users(before);
        var lines = new ArrayList<String>();
        users(now).forEach((user, sum) -> {
            var held = there.get(user);
            if (held == null) {
                lines.add("user " + user + " has no data now");
            } else if (!held.equals(sum)) {
                lines.add("user " + user + " has other data now");
            }
        });
        return lines;
    }

    private static Map<String, String> users(Path file) throws XmlReading.Malformed, IOException {
        var users = new TreeMap<String, String>();
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var reader = XmlReading.factory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("HomedResource")) {
                    var user = XmlTree.element(reader);
                    users.put(user.attributes().getOrDefault("UserAtHost", "?").toLowerCase(Locale.ROOT), user.sum());
                }
            }
            return users;
        } catch (XMLStreamException e) {
            throw new XmlReading.Malformed("is not well-formed XML");
        }
    }
}

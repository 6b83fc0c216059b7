// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * The XML of dbimpexp: {@code <HomedResources><HomedResource UserAtHost="..."><Contacts><Contact Buddy="..."/>}. These names are
 * those that public scripts for contact lists read; the others are a likeness.
 */
final class UserDataXml {
    private UserDataXml() {}

    static String of(List<Section> users) {
        var xml = new Xml("utf-16").begin("HomedResources");
        for (var user : users) {
            xml.begin("HomedResource", "UserAtHost", user.key());
            list(xml, user, "ContactGroups", "ContactGroup", "group ", "Number", "Name");
            list(xml, user, "Contacts", "Contact", "contact ", "Buddy", "Groups");
            list(xml, user, "BlockedContacts", "BlockedContact", "blocked ", "Buddy", "Since");
            list(xml, user, "Conferences", "Conference", "conference ", "Id", "Subject");
            xml.end("HomedResource");
        }
        return xml.end("HomedResources").toString();
    }

    private static void list(
            Xml xml, Section user, String list, String element, String prefix, String keyName, String valueName) {
        var open = false;
        for (var entry : user.values().entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                if (!open) {
                    xml.begin(list);
                    open = true;
                }
                var key = entry.getKey().substring(prefix.length());
                xml.empty(element, keyName, key, valueName, entry.getValue());
            }
        }
        if (open) {
            xml.end(list);
        }
    }

    /** The users of a file, as {@link #of} writes them. */
    static List<Section> parse(Path file) throws IOException {
        var users = new ArrayList<Section>();
        for (var user : ConfigImport.children(ConfigImport.parse(file), "HomedResource")) {
            var values = new LinkedHashMap<String, String>();
            take(user, values, "ContactGroups", "ContactGroup", "group ", "Number", "Name");
            take(user, values, "Contacts", "Contact", "contact ", "Buddy", "Groups");
            take(user, values, "BlockedContacts", "BlockedContact", "blocked ", "Buddy", "Since");
            take(user, values, "Conferences", "Conference", "conference ", "Id", "Subject");
            users.add(new Section("HomedResource", user.getAttribute("UserAtHost"), values));
        }
        return users;
    }

    private static void take(
            Element user,
            Map<String, String> values,
            String list,
            String element,
            String prefix,
            String keyName,
            String valueName) {
        for (var open : ConfigImport.children(user, list)) {
            for (var entry : ConfigImport.children(open, element)) {
                values.put(prefix + entry.getAttribute(keyName), entry.getAttribute(valueName));
            }
        }
    }
}

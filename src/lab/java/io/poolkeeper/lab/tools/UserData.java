// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import io.poolkeeper.lab.model.Conference;
import io.poolkeeper.lab.model.ContactList;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** User data as rtc holds it: contact lists and conferences of everybody. */
final class UserData {
    private UserData() {}

    static List<Section> of(OcsSite site) {
        Map<Person, List<Conference>> conferences =
                site.conferences().stream().collect(Collectors.groupingBy(Conference::organizer));
        return site.contactLists().stream()
                .map(list -> section(list, conferences.getOrDefault(list.owner(), List.of())))
                .toList();
    }

    private static Section section(ContactList list, List<Conference> conferences) {
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < list.groups().size(); i++) {
            values.put("group " + (i + 1), list.groups().get(i));
        }
        for (var contact : list.contacts()) {
            if (contact.blocked()) {
                values.put("blocked " + contact.buddy().userAtHost(), "2010-01-04");
            } else {
                values.put("contact " + contact.buddy().userAtHost(), Integer.toString(contact.group()));
            }
        }
        for (var conference : conferences) {
            values.put("conference " + conference.folder(), conference.subject());
        }
        return new Section("HomedResource", list.owner().userAtHost(), values);
    }
}

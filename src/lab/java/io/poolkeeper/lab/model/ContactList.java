// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.List;

/**
 * The contact list ("buddies") of one person, as rtc and the user data hold it.
 *
 * @param owner whose list it is
 * @param groups names of the groups; a contact names its group by the position in this list, counted from 1
 * @param contacts who is on the list
 */
public record ContactList(Person owner, List<String> groups, List<Contact> contacts) {
    /**
     * One contact.
     *
     * @param buddy the other person
     * @param group position of the group, from 1
     * @param blocked whether the owner has blocked the other
     */
    public record Contact(Person buddy, int group, boolean blocked) {}

    /** The lists of all people: five contacts for every four people, never oneself, never anybody twice. */
    static List<ContactList> of(Seeded seeded, List<Person> people) {
        return people.stream().map(owner -> listOf(seeded, owner, people)).toList();
    }

    private static ContactList listOf(Seeded seeded, Person owner, List<Person> people) {
        var random = seeded.random("contacts of " + owner.number());
        var wanted = owner.number() % 4 == 0 ? 2 : 1;
        var groups = owner.number() % 5 == 0 ? List.of("~", "Проект β") : List.of("~");
        var contacts = random.ints(0, people.size())
                .mapToObj(people::get)
                .filter(person -> !person.equals(owner))
                .distinct()
                .limit(wanted)
                .map(buddy -> new Contact(buddy, groups.size(), buddy.number() % 50 == 0))
                .toList();
        return new ContactList(owner, groups, contacts);
    }
}

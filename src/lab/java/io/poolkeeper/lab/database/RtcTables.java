// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.Conference;
import io.poolkeeper.lab.model.ContactList;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Person;
import java.util.List;
import java.util.stream.IntStream;

/** rtc: persistent user data. The same people, contacts and conferences as in the directory and in the user data. */
final class RtcTables {
    private RtcTables() {}

    static List<Table> of(OcsSite site) {
        var contacts = contacts(site.contactLists());
        var fixed = List.of(
                resources(site.people()),
                homedResources(site.people()),
                groups(site.contactLists()),
                contacts,
                conferences(site.conferences()));
        return Fill.upTo(site.scale().rows(), fixed, rest -> publishedInstances(site, rest));
    }

    private static Table resources(List<Person> people) {
        return Table.of(
                "Resource",
                List.of(
                        "ResourceId int",
                        "UserAtHost nvarchar(454)",
                        "AdObjectGuid uniqueidentifier",
                        "UserSid varbinary(85)",
                        "DisplayName nvarchar(256)"),
                people,
                person -> row(
                        person.number(),
                        person.userAtHost(),
                        person.guid(),
                        person.sid().bytes(),
                        person.displayName()));
    }

    private static Table homedResources(List<Person> people) {
        return Table.of(
                "HomedResource",
                List.of(
                        "ResourceId int",
                        "Enabled bit",
                        "OptionFlags int",
                        "ContactVersion bigint",
                        "LastNewRoamDate datetime null",
                        "AcpInfo nvarchar(max) null"),
                people,
                person -> row(
                        person.number(),
                        true,
                        person.voice() ? 128 + 256 : 256,
                        1_000L + person.number(),
                        null,
                        person.voice() ? "<acpInformation default=\"true\"/>" : null));
    }

    private static Table groups(List<ContactList> lists) {
        var rows = lists.stream()
                .flatMap(list -> IntStream.range(0, list.groups().size()).mapToObj(group -> row(list, group)))
                .toList();
        return Table.numbered(
                "ContactGroup",
                List.of("GroupId int", "OwnerId int", "GroupNumber smallint", "DisplayName nvarchar(512)"),
                rows.size(),
                id -> {
                    var list = (ContactList) rows.get(id - 1)[0];
                    var group = (Integer) rows.get(id - 1)[1];
                    return row(
                            id, list.owner().number(), group + 1, list.groups().get(group));
                });
    }

    private static Table contacts(List<ContactList> lists) {
        var rows = lists.stream()
                .flatMap(list -> list.contacts().stream().map(contact -> row(list.owner(), contact)))
                .toList();
        return Table.numbered(
                "Contact",
                List.of(
                        "ContactId int",
                        "OwnerId int",
                        "BuddyId int",
                        "GroupNumber smallint",
                        "Subscribed bit",
                        "Blocked bit"),
                rows.size(),
                id -> {
                    var owner = (Person) rows.get(id - 1)[0];
                    var contact = (ContactList.Contact) rows.get(id - 1)[1];
                    var buddy = contact.buddy().number();
                    return row(id, owner.number(), buddy, contact.group(), true, contact.blocked());
                });
    }

    private static Table conferences(List<Conference> conferences) {
        return Table.of(
                "Conference",
                List.of(
                        "ConfId uniqueidentifier",
                        "OrganizerId int",
                        "Subject nvarchar(256)",
                        "PstnConfId int",
                        "CreatedTime datetime",
                        "ExpiryTime datetime"),
                conferences,
                conference -> row(
                        conference.id(),
                        conference.organizer().number(),
                        conference.subject(),
                        conference.pstnId(),
                        conference.created(),
                        conference.expires()));
    }

    /** Presence that survives a sign-out: notes, states, working hours. Not part of the user data that dbimpexp exports. */
    private static Table publishedInstances(OcsSite site, int count) {
        var values = new Values(site.seeded().random("rtc.PublishedStaticInstance"));
        return Table.numbered(
                "PublishedStaticInstance",
                List.of(
                        "InstanceId bigint",
                        "PublisherId int",
                        "CategoryId smallint",
                        "Version bigint",
                        "LastPubTime datetime",
                        "Data nvarchar(max)",
                        "Signature varbinary(256) null"),
                count,
                id -> row(
                        (long) id,
                        1 + values.number(site.people().size()),
                        values.number(12),
                        (long) values.number(1_000_000),
                        values.time(id),
                        "<note><body>" + values.prose().replace("&", "&amp;").replace("<", "&lt;") + "</body></note>",
                        values.chance(3) ? null : values.bytes(200)));
    }
}

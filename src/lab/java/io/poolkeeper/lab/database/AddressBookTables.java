// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;

/** RTCAB: the address book that the web query searches; made anew from the directory. */
final class AddressBookTables {
    private static final List<String> ATTRIBUTES = List.of("telephoneNumber", "department", "office", "mail");

    private AddressBookTables() {}

    static List<Table> of(OcsSite site) {
        return Fill.upTo(site.scale().rows(), List.of(entries(site)), rest -> attributes(site, rest));
    }

    private static Table entries(OcsSite site) {
        return Table.of(
                "AbUserEntry",
                List.of("UserId uniqueidentifier", "UserAtHost nvarchar(454)", "DisplayName nvarchar(256)"),
                site.people(),
                person -> row(person.guid(), person.userAtHost(), person.displayName()));
    }

    private static Table attributes(OcsSite site, int count) {
        return Table.numbered(
                "AbAttributeValue",
                List.of(
                        "ValueId int",
                        "UserId uniqueidentifier",
                        "AttrName varchar(64)",
                        "AttrValue nvarchar(512) null",
                        "SortKey varbinary(900) null"),
                count,
                id -> {
                    var person = site.people().get(id % site.people().size());
                    var attribute = ATTRIBUTES.get(id % ATTRIBUTES.size());
                    var value = switch (attribute) {
                        case "telephoneNumber" -> person.line();
                        case "department" -> person.department();
                        case "office" -> person.site();
                        default -> null;
                    };
                    return row(id, person.guid(), attribute, value, person.sid().bytes());
                });
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;

/** LCSLog: instant messages and conference data that the Archiving server kept. */
final class ArchivingTables {
    private ArchivingTables() {}

    static List<Table> of(OcsSite site) {
        var users = Table.of(
                "Users",
                List.of("UserId int", "UserUri nvarchar(454)"),
                site.people(),
                person -> row(person.number(), person.userAtHost()));
        var dialogs = dialogs(site, site.people().size());
        return Fill.upTo(site.scale().rows(), List.of(users, dialogs), rest -> messages(site, rest));
    }

    private static Table dialogs(OcsSite site, int count) {
        return Table.numbered(
                "Dialogs",
                List.of("SessionIdTime datetime", "DialogId int", "ExternalId varbinary(775)"),
                count,
                id -> {
                    var values = new Values(site.seeded().random("dialog " + id));
                    return row(values.time(10 * id), id, values.bytes(60));
                });
    }

    private static Table messages(OcsSite site, int count) {
        var values = new Values(site.seeded().random("LCSLog.Messages"));
        var people = site.people().size();
        return Table.numbered(
                "Messages",
                List.of(
                        "MessageIdTime bigint",
                        "DialogId int",
                        "FromId int",
                        "ToId int",
                        "Date datetime",
                        "ContentTypeId smallint",
                        "Body nvarchar(max) null",
                        "Toast bit"),
                count,
                id -> row(
                        20_100_301_000_000L + id,
                        1 + values.number(people),
                        1 + values.number(people),
                        1 + values.number(people),
                        values.time(id),
                        values.number(4),
                        values.chance(20) ? null : values.prose(),
                        values.chance(10)));
    }
}

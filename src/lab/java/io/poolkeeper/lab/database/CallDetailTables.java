// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;

/** RTCCDR (in Microsoft's later documents LcsCDR): call detail records of the Monitoring server. */
final class CallDetailTables {
    private CallDetailTables() {}

    static List<Table> of(OcsSite site) {
        var users = Table.of(
                "Users",
                List.of("UserId int", "UserUri nvarchar(454)"),
                site.people(),
                person -> row(person.number(), person.userAtHost()));
        var phones = Table.of(
                "Phones",
                List.of("PhoneId int", "PhoneUri nvarchar(454)"),
                site.people(),
                person -> row(person.number(), person.line()));
        return Fill.upTo(site.scale().rows(), List.of(users, phones), rest -> sessions(site, rest));
    }

    private static Table sessions(OcsSite site, int count) {
        var values = new Values(site.seeded().random("RTCCDR.SessionDetails"));
        var people = site.people().size();
        return Table.numbered(
                "SessionDetails",
                List.of(
                        "SessionId bigint",
                        "User1Id int",
                        "User2Id int null",
                        "InviteTime datetime",
                        "EndTime datetime null",
                        "ResponseCode int",
                        "Charge numeric(19,4)",
                        "CorrelationId uniqueidentifier null"),
                count,
                id -> row(
                        (long) id,
                        1 + values.number(people),
                        values.chance(6) ? null : 1 + values.number(people),
                        values.time(id),
                        values.chance(9) ? null : values.time(id + 5),
                        values.chance(8) ? 486 : 200,
                        values.decimal(),
                        values.chance(2) ? null : site.seeded().guid("call " + id)));
    }
}

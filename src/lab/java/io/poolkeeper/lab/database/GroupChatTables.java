// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;

/** GroupChat: rooms, members and history of Group Chat. */
final class GroupChatTables {
    private static final List<String> ROOMS =
            List.of("Lobby", "Trading floor", "Продажи", "開発チーム", "Équipe réseau", "Incidents & outages");

    private GroupChatTables() {}

    static List<Table> of(OcsSite site) {
        var nodes = Table.of(
                "tblNode",
                List.of(
                        "nodeID int",
                        "nodeGuid uniqueidentifier",
                        "nodeName nvarchar(256)",
                        "nodeDesc nvarchar(max) null"),
                ROOMS,
                room -> row(ROOMS.indexOf(room) + 1, site.seeded().guid("room " + room), room, null));
        var principals = Table.of(
                "tblPrincipal",
                List.of("prinID int", "prinGuid uniqueidentifier", "prinUri nvarchar(454)", "prinName nvarchar(256)"),
                site.people(),
                person -> row(person.number(), person.guid(), person.sip(), person.displayName()));
        return Fill.upTo(site.scale().rows(), List.of(nodes, principals), rest -> chat(site, rest));
    }

    private static Table chat(OcsSite site, int count) {
        var values = new Values(site.seeded().random("GroupChat.tblChat"));
        return Table.numbered(
                "tblChat",
                List.of(
                        "chatID bigint",
                        "channelID int",
                        "userID int",
                        "chatDate datetime",
                        "content nvarchar(max)",
                        "rtf varbinary(max) null"),
                count,
                id -> row(
                        (long) id,
                        1 + values.number(ROOMS.size()),
                        1 + values.number(site.people().size()),
                        values.time(id),
                        values.prose(),
                        values.chance(3) ? values.bytes(600) : null));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;

/** RTCDyn: endpoints, subscriptions and the state of conferences that are going on. Transient. */
final class RtcDynTables {
    private RtcDynTables() {}

    static List<Table> of(OcsSite site) {
        return Fill.upTo(site.scale().rows(), List.of(endpoints(site)), rest -> subscriptions(site, rest));
    }

    private static Table endpoints(OcsSite site) {
        var values = new Values(site.seeded().random("RTCDyn.Endpoint"));
        return Table.of(
                "Endpoint",
                List.of(
                        "EndpointId uniqueidentifier",
                        "OwnerId int",
                        "Expires datetime",
                        "UserAgent nvarchar(256)",
                        "RouteData varbinary(max) null"),
                site.people(),
                person -> row(
                        site.seeded().guid("endpoint " + person.number()),
                        person.number(),
                        values.time(person.number()),
                        "UCCP/3.5.6907.0 OC/3.5.6907.0 (Microsoft Office Communicator 2007 R2)",
                        values.chance(4) ? null : values.bytes(400)));
    }

    private static Table subscriptions(OcsSite site, int count) {
        var values = new Values(site.seeded().random("RTCDyn.Subscription"));
        return Table.numbered(
                "Subscription",
                List.of(
                        "SubscriptionId bigint",
                        "WatcherId int",
                        "PublisherId int",
                        "Active bit",
                        "Expires datetime null",
                        "Load float"),
                count,
                id -> row(
                        (long) id << 33,
                        1 + values.number(site.people().size()),
                        1 + values.number(site.people().size()),
                        values.chance(2),
                        values.chance(5) ? null : values.time(id),
                        values.number(1_000) / 8.0));
    }
}

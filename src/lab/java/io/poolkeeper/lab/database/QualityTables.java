// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.math.BigDecimal;
import java.util.List;

/** QoEMetrics: measured quality of calls, of the Monitoring server. */
final class QualityTables {
    private QualityTables() {}

    static List<Table> of(OcsSite site) {
        var endpoints = Table.of(
                "Endpoint",
                List.of("EndpointKey int", "Name nvarchar(256)", "OS varchar(64)"),
                site.people(),
                person -> row(person.number(), "WS-" + person.account(), "Windows 6.1.7600"));
        return Fill.upTo(site.scale().rows(), List.of(endpoints), rest -> streams(site, rest));
    }

    private static Table streams(OcsSite site, int count) {
        var values = new Values(site.seeded().random("QoEMetrics.AudioStream"));
        return Table.numbered(
                "AudioStream",
                List.of(
                        "StreamId bigint",
                        "EndpointKey int",
                        "StartTime datetime",
                        "PacketLossRate numeric(5,2) null",
                        "JitterMs int",
                        "DegradationAvg float",
                        "RatioConcealed numeric(19,4)"),
                count,
                id -> row(
                        (long) id,
                        1 + values.number(site.people().size()),
                        values.time(id),
                        values.chance(7) ? null : BigDecimal.valueOf(values.number(10_000), 2),
                        values.number(200),
                        values.number(400) / 64.0,
                        values.decimal()));
    }
}

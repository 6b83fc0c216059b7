// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;
import java.util.stream.Stream;

/** RTCConfig: settings as the pool sees them. */
final class RtcConfigTables {
    private static final List<String> CLASSES = List.of(
            "MSFT_SIPPoolSetting",
            "MSFT_SIPDataMCUCapabilitySetting",
            "MSFT_SIPDataComplianceSetting",
            "MSFT_SIPUpdatesServerSetting",
            "MSFT_SIPAddressBookSetting",
            "MSFT_SIPLogOptions",
            "MSFT_SIPApplicationConfigSetting",
            "MSFT_SIPTrustedServiceSetting");

    private RtcConfigTables() {}

    static List<Table> of(OcsSite site) {
        return Fill.upTo(site.scale().rows(), List.of(classes(), pool(site)), rest -> values(site, rest));
    }

    private static Table classes() {
        return Table.of(
                "ClassDef",
                List.of("ClassId int", "ClassName nvarchar(256)", "Version smallint"),
                CLASSES,
                name -> row(CLASSES.indexOf(name) + 1, name, 4));
    }

    private static Table pool(OcsSite site) {
        return Table.of(
                "Pool",
                List.of("PoolId int", "Name nvarchar(64)", "Fqdn nvarchar(256)", "PoolGuid uniqueidentifier"),
                Stream.of(site.pool()).toList(),
                pool -> row(1, pool.name(), pool.fqdn(), site.seeded().guid("pool " + pool.name())));
    }

    private static Table values(OcsSite site, int count) {
        var values = new Values(site.seeded().random("RTCConfig.PropertyValue"));
        return Table.numbered(
                "PropertyValue",
                List.of(
                        "ValueId int",
                        "ClassId int",
                        "InstanceId uniqueidentifier",
                        "PropertyName nvarchar(128)",
                        "IntValue int null",
                        "StringValue nvarchar(max) null",
                        "ChangedTime datetime"),
                count,
                id -> row(
                        id,
                        1 + values.number(CLASSES.size()),
                        site.seeded().guid("instance " + id / 8),
                        "Property" + id % 8,
                        id % 2 == 0 ? values.number(100_000) : null,
                        id % 2 == 0 ? null : values.prose(),
                        values.time(id)));
    }
}

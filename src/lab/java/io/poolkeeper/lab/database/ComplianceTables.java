// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;

/**
 * GroupChatCompliance: what the Compliance service has taken from its queue and not yet handed on. The three names of tables
 * stand in Microsoft's help file for OCS 2007 R2.
 */
final class ComplianceTables {
    private ComplianceTables() {}

    static List<Table> of(OcsSite site) {
        var last = Table.numbered(
                "tblLastComplianceID",
                List.of("cmpID bigint", "cmpTime datetime"),
                1,
                id -> row((long) site.scale().rows(), new Values(site.seeded().random("last")).time(0)));
        var participants = Table.of(
                "tblComplianceParticipant",
                List.of("partID int", "partUri nvarchar(454)", "partSid varbinary(85)"),
                site.people(),
                person -> row(person.number(), person.sip(), person.sid().bytes()));
        return Fill.upTo(site.scale().rows(), List.of(last, participants), rest -> data(site, rest));
    }

    private static Table data(OcsSite site, int count) {
        var values = new Values(site.seeded().random("tblComplianceData"));
        return Table.numbered(
                "tblComplianceData",
                List.of(
                        "cmpDataID bigint",
                        "cmpType smallint",
                        "cmpDate datetime",
                        "cmpUser int",
                        "cmpContent nvarchar(max) null",
                        "cmpHash varbinary(64)"),
                count,
                id -> row(
                        (long) id,
                        values.number(9),
                        values.time(id),
                        1 + values.number(site.people().size()),
                        values.chance(12) ? null : values.prose(),
                        values.bytes(32)));
    }
}

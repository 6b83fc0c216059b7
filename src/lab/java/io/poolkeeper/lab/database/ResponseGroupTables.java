// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static io.poolkeeper.lab.database.Table.row;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;

/** ACDDyn: which agents of Response Groups are signed in, and who is waiting. Transient. */
final class ResponseGroupTables {
    private ResponseGroupTables() {}

    static List<Table> of(OcsSite site) {
        var agents = site.people().subList(0, site.people().size() / 5);
        var agentStates = Table.of(
                "AgentState",
                List.of("AgentId uniqueidentifier", "UserAtHost nvarchar(454)", "SignedIn bit"),
                agents,
                agent -> row(agent.guid(), agent.userAtHost(), agent.number() % 3 != 0));
        return Fill.upTo(site.scale().rows(), List.of(agentStates), rest -> calls(site, rest));
    }

    private static Table calls(OcsSite site, int count) {
        var values = new Values(site.seeded().random("ACDDyn.WaitingCall"));
        return Table.numbered(
                "WaitingCall",
                List.of(
                        "CallId int",
                        "QueueName nvarchar(128)",
                        "CallerUri nvarchar(454)",
                        "QueuedAt datetime",
                        "Priority smallint null"),
                count,
                id -> row(
                        id,
                        id % 2 == 0 ? "Service Desk" : "Réception",
                        "sip:+4930" + (1_000_000 + values.number(9_000_000)) + "@"
                                + site.domain().dns(),
                        values.time(id),
                        values.chance(3) ? null : values.number(10)));
    }
}

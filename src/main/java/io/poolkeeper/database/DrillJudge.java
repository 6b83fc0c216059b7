// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Findings;

/** Whether an instance may and can restore, for proof, what another one backed up. Asks nobody. */
final class DrillJudge {
    private final SqlSource source;
    private final SqlSource drill;
    private final boolean accepted;
    private final Findings findings;

    /**
     * A judge of one pair.
     *
     * @param accepted whether acceptRisk has drill-on-source
     */
    DrillJudge(SqlSource source, SqlSource drill, boolean accepted, Findings findings) {
        this.source = source;
        this.drill = drill;
        this.accepted = accepted;
        this.findings = findings;
    }

    void judge(ServerFacts from, ServerFacts to) {
        var about = "sql." + source.key() + ".drill";
        // two URLs may lead to one server: only its own name tells
        var same = source.key().equals(drill.key()) || from.name().equalsIgnoreCase(to.name());
        if (same && !accepted) {
            findings.problem(
                    about,
                    "sql." + drill.key() + " is the source itself: both call themselves " + from.name(),
                    "name an instance on another server, or accept the risk drill-on-source under acceptRisk");
            return;
        }
        if (!to.restoresBackupsOf(from)) {
            findings.problem(
                    about,
                    "sql." + drill.key() + " is SQL Server " + to.version() + ", older than the source's "
                            + from.version() + ": it cannot restore its backups (3169)",
                    "use an instance of at least the source's version for drills");
            return;
        }
        findings.ok(
                about,
                same
                        ? "drills on the source itself: accepted as drill-on-source"
                        : to.name() + " (" + to.version() + ") can restore what " + from.name() + " (" + from.version()
                                + ") backed up");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.site.Cron;
import io.poolkeeper.site.PlanConfig;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Says when the plans of a site are due. */
public final class PreflightPlans {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

    private PreflightPlans() {}

    /** Looks at all of them. */
    public static void look(Site site, Instant now, Findings findings) {
        site.plans().values().forEach(plan -> plan(site, plan, now, findings));
        var timed = site.plans().values().stream()
                .anyMatch(plan -> plan.cron().isPresent() && plan.kind().equals("backup"));
        if (!timed) {
            findings.warning(
                    "plans",
                    "no backup plan has a cron expression: nothing is backed up unless somebody asks for it",
                    "add cron to a plan, or let a scheduler call 'backup' or 'trigger'");
        }
    }

    private static void plan(Site site, PlanConfig plan, Instant now, Findings findings) {
        var about = "plans." + plan.name();
        if (plan.kind().equals("backup")) {
            HostLevels.warning(site, plan.level()).ifPresent(what -> findings.warning(about, what, HostLevels.HINT));
        }
        if (plan.cron().isEmpty()) {
            findings.ok(about, plan.kind() + ", without cron: runs when asked for");
            return;
        }
        var cron = plan.cron().get();
        var next = Cron.next(cron, site.zone(), now);
        if (next.isEmpty()) {
            findings.warning(about, "'" + cron + "' is never due again", "correct its cron expression");
        } else {
            findings.ok(
                    about,
                    plan.kind() + ", next due " + TIME.format(next.get().atZone(site.zone())) + " (" + site.zone()
                            + ")");
        }
    }
}

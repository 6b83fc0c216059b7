// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.ChangeRuns;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.Runs;
import io.poolkeeper.site.PlanConfig;
import io.poolkeeper.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Turns events into runs: bean {@code triggers}. Only plans that the site file names can be started, and none of them
 * restores or overwrites anything.
 */
public final class Triggers {
    /** How long a run may take whose plan sets no deadline. */
    public static final Duration NO_DEADLINE = Duration.ofHours(24);

    private static final Pattern WATCHED = Pattern.compile("(share|settings|directory):");

    private final Site site;
    private final Runs runs;
    private final Clock clock;

    Triggers(Site site, Runs runs, Clock clock) {
        this.site = site;
        this.runs = runs;
        this.clock = clock;
    }

    /** A timer of a plan fires; its key is the plan and the planned instant, so a night that comes twice runs once. */
    public static Messages.Trigger due(String plan, Date planned) {
        return new Messages.Trigger(plan, plan + "@" + planned.toInstant(), null, "timer");
    }

    /**
     * Accepts what came on the queue or through the trigger folder; what a change asks for is incremental, whatever its plan is.
     *
     * @param source {@code timer}, {@code queue} or {@code folder}
     * @throws MessageRefused if the site file has no such plan
     */
    public Accepted accept(Messages.Trigger trigger, String source) {
        var plan = Optional.ofNullable(site.plans().get(trigger.plan()))
                .orElseThrow(() -> new MessageRefused("the site file has no plan " + trigger.plan()
                        + (site.plans().isEmpty()
                                ? ""
                                : "; it has " + String.join(", ", site.plans().keySet()))));
        var key = trigger.key() == null ? UUID.randomUUID().toString() : trigger.key();
        var parts = trigger.parts() == null || trigger.parts().isEmpty() ? plan.parts() : trigger.parts();
        var by = trigger.requestedBy() == null ? source : trigger.requestedBy();
        if (by.equals(ChangeRuns.SOURCE)) {
            requireWatched(plan, trigger);
            return runs.accept(request(plan, Level.INCREMENTAL, by, key, by, parts, clock.instant()));
        }
        return runs.accept(
                request(plan, plan.level(), by.equals("timer") ? "timer" : source, key, by, parts, clock.instant()));
    }

    /** A change is one of shares, or of what somebody exported: whoever says so means these alone, and no database. */
    private static void requireWatched(PlanConfig plan, Messages.Trigger trigger) {
        var parts = trigger.parts() == null ? List.<String>of() : trigger.parts();
        if (!plan.kind().equals("backup")
                || parts.isEmpty()
                || !parts.stream().allMatch(part -> WATCHED.matcher(part).lookingAt())) {
            throw new MessageRefused(
                    "requestedBy change is for backups of shares, settings or a directory, each written"
                            + " with its kind in parts, such as share:<key>");
        }
    }

    private static Request request(
            PlanConfig plan, Level level, String source, String key, String by, List<String> parts, Instant due) {
        return new Request(
                plan.kind(),
                plan.name(),
                level,
                source,
                key,
                by,
                parts,
                null,
                Depth.CONTENT,
                false,
                null,
                due,
                plan.deadline().orElse(NO_DEADLINE));
    }
}

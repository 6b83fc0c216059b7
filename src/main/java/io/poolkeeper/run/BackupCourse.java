// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.plan.Expectations;
import io.poolkeeper.plan.PartNames;
import io.poolkeeper.plan.Plan;
import io.poolkeeper.plan.Planner;
import io.poolkeeper.plan.RecordedInventory;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.VaultFull;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A backup: discover, capture, publish, verify. */
public final class BackupCourse implements Course {
    private final Site site;
    private final Planner planner;
    private final Vault vault;
    private final Clock clock;
    private final RecordedInventory recorded;

    /** Backups of a site. */
    public BackupCourse(Site site, Planner planner, Vault vault, Clock clock) {
        this.site = site;
        this.planner = planner;
        this.vault = vault;
        this.clock = clock;
        this.recorded = new RecordedInventory(site);
    }

    @Override
    public Optional<StagePlan> stage(int number, Run run, List<StepResult> results) {
        return switch (number) {
            case 0 -> Optional.of(StagePlan.of("discover", discover(run)));
            case 1 -> Optional.of(capture(run, results));
            case 2 ->
                Optional.of(StagePlan.of(
                        Planner.PUBLISH,
                        publishable(run, results) ? steps(run, plan(run, results), Planner.PUBLISH) : List.of()));
            case 3 -> Optional.of(StagePlan.of(Planner.VERIFY, verify(run, results)));
            default -> Optional.empty();
        };
    }

    /** A run because a share has changed asks nothing of databases and directory. */
    private List<Step> discover(Run run) {
        var sources = new ArrayList<Step>();
        var all = !run.request().source().equals(ChangeRuns.SOURCE);
        (all ? site.sources() : Map.<String, SqlSource>of())
                .values().stream()
                        .filter(source -> site.isServed(source.worker()))
                        .forEach(source -> sources.add(discover(
                                run,
                                "sql/" + source.key(),
                                site.methods().database(),
                                source.worker(),
                                sources.size())));
        var readers = new java.util.TreeSet<String>();
        site.pools().forEach(pool -> pool.servers().forEach(server -> readers.add(server.worker())));
        site.shares().values().forEach(share -> readers.add(share.worker()));
        readers.removeIf(worker -> !site.isServed(worker)); // nobody would answer
        readers.forEach(
                worker -> sources.add(discover(run, "shares", site.methods().share(), worker, sources.size())));
        if (all && site.directory().isPresent()) {
            sources.add(discover(run, "directory", site.methods().directory().get(0), Site.LOCAL, sources.size()));
        }
        return sources;
    }

    private Step discover(Run run, String name, Method method, String worker, int before) {
        var part = new PartId(Kind.SOURCE, name);
        var planned = new Plan.PlannedStep(
                "discover-%02d".formatted(before + 1), part, Action.DISCOVER, method, worker, null);
        return step(run, planned, Depth.MEDIA);
    }

    private StagePlan capture(Run run, List<StepResult> results) {
        recorded.keep(
                run.request().source().equals(ChangeRuns.SOURCE)
                        ? recorded.read().with(inventory(results))
                        : inventory(results));
        var expectations = expectations(run, results);
        return new StagePlan(
                Planner.CAPTURE, Optional.of(expectations), steps(run, plan(run, results), Planner.CAPTURE));
    }

    private Inventory inventory(List<StepResult> results) {
        var found = Inventory.EMPTY;
        for (var result : results) {
            if (result.output() instanceof Output.Discovered discovered) {
                found = found.with(discovered.inventory());
            }
        }
        return found.orRecorded(recorded.read());
    }

    private List<Expectation> expectations(Run run, List<StepResult> results) {
        var all = wanted(run, inventory(results));
        if (run.request().parts().isEmpty()) {
            return all;
        }
        try {
            var wanted = PartNames.resolve(
                    run.request().parts(), all.stream().map(Expectation::part).toList());
            return all.stream()
                    .filter(expectation -> wanted.contains(expectation.part()))
                    .toList();
        } catch (PartNames.NotOnePart e) {
            throw new CannotPlan(unseen(results) + e.getMessage());
        }
    }

    /** Why a part may be missing that the site file names: nobody could look at its source. */
    private static String unseen(List<StepResult> results) {
        return results.stream()
                .filter(result -> result.part().kind() == Kind.SOURCE && result.outcome() == Outcome.FAILED)
                .map(result -> result.part() + " could not be looked at: " + result.cause() + "; so ")
                .collect(Collectors.joining());
    }

    private List<Expectation> wanted(Run run, Inventory inventory) {
        var all = Expectations.of(site, inventory, clock.instant());
        if (run.request().level() != Level.LOG) {
            return all;
        }
        var withLog = Expectations.withLog(site, all, inventory);
        if (withLog.isEmpty()) {
            throw new CannotPlan(
                    "no database that is to be captured is in FULL recovery, so there is no log to back up."
                            + " HINT: ask for --level full or incremental");
        }
        return withLog;
    }

    private Plan plan(Run run, List<StepResult> results) {
        return planner.backup(
                run.request().plan(), run.requiredSet(), run.request().level(), expectations(run, results), bases(run));
    }

    private Map<PartId, String> bases(Run run) {
        try {
            return Bases.of(vault, run.request().level());
        } catch (IOException | MalformedDocument e) {
            throw new CannotPlan("the vault does not tell what to build on: " + e.getMessage()
                    + ". HINT: verify the newest sets, or ask for --level full");
        }
    }

    /** Something was captured, and the vault did not run full over it. */
    private static boolean publishable(Run run, List<StepResult> results) {
        var full = results.stream()
                .map(StepResult::cause)
                .anyMatch(cause -> cause != null && cause.startsWith(VaultFull.CAUSE));
        return !full
                && run.cancelled() == null
                && results.stream().anyMatch(result -> result.output() instanceof Output.Captured);
    }

    private List<Step> verify(Run run, List<StepResult> results) {
        if (results.stream().noneMatch(result -> result.output() instanceof Output.Published)) {
            return List.of();
        }
        var captured = results.stream()
                .filter(result -> result.output() instanceof Output.Captured)
                .map(StepResult::part)
                .toList();
        return steps(run, plan(run, results), Planner.VERIFY).stream()
                .filter(step -> step.part().kind() == Kind.SET || captured.contains(step.part()))
                .filter(step -> step.action() != Action.COHERE || ofTheWholeSite(run))
                .toList();
    }

    /** Parts that nobody asked for cannot fit. */
    private static boolean ofTheWholeSite(Run run) {
        return run.request().parts().isEmpty() && run.request().level() != Level.LOG;
    }

    private List<Step> steps(Run run, Plan plan, String stage) {
        return plan.stages().stream()
                .filter(candidate -> candidate.name().equals(stage))
                .flatMap(candidate -> candidate.steps().stream())
                .map(planned -> step(run, planned, Depth.CONTENT))
                .toList();
    }

    private Step step(Run run, Plan.PlannedStep planned, Depth depth) {
        var level = planned.base() == null
                        && planned.action() == Action.CAPTURE
                        && planned.part().kind() != Kind.DATABASE
                ? Level.FULL
                : run.request().level();
        return new Step(
                run.id(),
                planned.id(),
                1,
                planned.part(),
                planned.action(),
                planned.method(),
                planned.action().effect(),
                planned.worker(),
                run.set(),
                planned.base(),
                level,
                depth,
                false,
                run.dueBy(),
                site.hash());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A run over what the vault holds: verify, drill or restore; one stage, a step per part. */
public final class StoredCourse implements Course {
    private final Site site;
    private final Vault vault;
    private final Action action;

    /** Runs of one kind over a site's sets. */
    public StoredCourse(Site site, Vault vault, Action action) {
        this.site = site;
        this.vault = vault;
        this.action = action;
    }

    @Override
    public Optional<StagePlan> stage(int number, Run run, List<StepResult> results) {
        if (number > 0) {
            return Optional.empty();
        }
        var all = withSets(new SetChoice(vault).of(run.request(), action == Action.VERIFY));
        if (all.isEmpty()) {
            throw new CannotPlan("the vault holds nothing of that. HINT: 'list' shows its sets");
        }
        requireItsOwnPlace(run, all);
        requireShares(run, all);
        var expectations = new ArrayList<Expectation>();
        var steps = new ArrayList<Step>();
        for (var choice : all) {
            if (choice.set() == null) {
                expectations.add(nothingAt(choice.part(), run));
            } else {
                var expectation = expectation(choice.part(), choice.set()).because(told(choice, run));
                expectations.add(expectation);
                steps.add(step(run, choice, expectation, action, steps.size() + 1));
                if (mayFit(run, choice)) {
                    steps.add(step(run, choice, expectation, Action.COHERE, steps.size() + 1));
                }
            }
        }
        return Optional.of(new StagePlan(action.word(), Optional.of(expectations), steps));
    }

    /** Which set answers, and for which moment: another than the wanted one is never passed off as it. */
    private static String told(SetChoice.Chosen choice, Run run) {
        var from = "from set " + choice.set();
        if (run.request().at() == null) {
            return from;
        }
        return choice.stopAt() == null
                ? from + ", the newest that had ended by " + run.request().at()
                        + ": what happened after it is not in it"
                : from + ", its log up to " + choice.stopAt();
    }

    /** Whether the parts of a set are held against each other: it is of the whole site, and nobody asked for less. */
    private boolean mayFit(Run run, SetChoice.Chosen choice) {
        var set = choice.set();
        if (choice.part().kind() != Kind.SET
                || set == null
                || !run.request().parts().isEmpty()) {
            return false;
        }
        try {
            return vault.manifest(set).whole();
        } catch (IOException | MalformedDocument e) {
            return false; // the verification of the set tells of it
        }
    }

    /** A verification also looks at each of the sets as a whole. */
    private List<SetChoice.Chosen> withSets(List<SetChoice.Chosen> chosen) {
        if (action != Action.VERIFY) {
            return chosen;
        }
        var sets = chosen.stream()
                .map(SetChoice.Chosen::set)
                .filter(Objects::nonNull)
                .distinct()
                .map(set -> new SetChoice.Chosen(new PartId(Kind.SET, set), set, null));
        return Stream.concat(chosen.stream(), sets)
                .sorted(Comparator.comparing(SetChoice.Chosen::part))
                .toList();
    }

    private static void requireItsOwnPlace(Run run, List<SetChoice.Chosen> chosen) {
        if (run.request().place() == Place.BESIDE) {
            return;
        }
        chosen.stream()
                .filter(choice ->
                        choice.part().kind() != Kind.DATABASE && choice.part().kind() != Kind.SHARE)
                .filter(choice -> !isOneObject(run, choice) && !isImport(run, choice))
                .findFirst()
                .ifPresent(choice -> {
                    throw new CannotPlan(choice.part() + " is restored into a folder, not in place. HINT: name a folder"
                            + " with --to, or name databases and shares alone with --part");
                });
    }

    /** Of the directory one object at a time is brought back, and never by a name that could fit several. */
    private static boolean isOneObject(Run run, SetChoice.Chosen choice) {
        return choice.part().kind() == Kind.DIRECTORY
                && run.request().place() == Place.OVERWRITE
                && run.request().target() == null
                && run.request().path() != null;
    }

    /** Settings and user data are imported over what is there, and never somewhere else. */
    private static boolean isImport(Run run, SetChoice.Chosen choice) {
        return choice.part().kind() == Kind.SETTINGS
                && run.request().place() == Place.OVERWRITE
                && run.request().target() == null;
    }

    private static void requireShares(Run run, List<SetChoice.Chosen> chosen) {
        if (run.request().path() == null) {
            return;
        }
        chosen.stream()
                .filter(choice -> choice.part().kind() != Kind.SHARE && !isOneObject(run, choice))
                .findFirst()
                .ifPresent(choice -> {
                    throw new CannotPlan("--path chooses files of shares, and " + choice.part()
                            + " is none. HINT: name the shares with --part");
                });
    }

    private Expectation expectation(PartId part, String set) {
        if (part.kind() == Kind.SET) {
            return new Expectation(
                    part,
                    Disposition.REQUIRED,
                    Method.VAULT,
                    null,
                    "the set as a whole",
                    Site.LOCAL,
                    null,
                    null,
                    List.of());
        }
        try {
            var stored = vault.manifest(set).part(part);
            if (stored.isPresent()) {
                var known = stored.get();
                return new Expectation(
                        part,
                        known.disposition(),
                        known.method(),
                        known.role(),
                        String.valueOf(known.reason()),
                        Site.LOCAL,
                        null,
                        null,
                        known.dependsOn());
            }
        } catch (IOException | MalformedDocument e) {
            return expectationWithoutManifest(part, "the manifest of " + set + " cannot be used: " + e.getMessage());
        }
        return expectationWithoutManifest(part, "the manifest of " + set + " does not know it");
    }

    private static Expectation expectationWithoutManifest(PartId part, String why) {
        return new Expectation(
                part, Disposition.REQUIRED, methodOf(part), null, why, Site.LOCAL, null, null, List.of());
    }

    private static Method methodOf(PartId part) {
        return switch (part.kind()) {
            case DATABASE -> Method.SQL_NATIVE;
            case SHARE -> Method.ARCHIVE;
            case DIRECTORY -> Method.LDIF;
            case SETTINGS -> part.owner().equals("userdata") ? Method.DBIMPEXP : Method.LCSCMD;
            case SET, SOURCE -> Method.VAULT;
        };
    }

    private static Expectation nothingAt(PartId part, Run run) {
        return expectationWithoutManifest(part, "no set reaches back")
                .failed(
                        "no set holds it as it was at " + run.request().at(),
                        "'list' shows the sets; a later time, or the newest set without --at");
    }

    private Step step(Run run, SetChoice.Chosen choice, Expectation expectation, Action what, int number) {
        return new Step(
                run.id(),
                String.format(Locale.ROOT, "%s-%02d", what.word(), number),
                1,
                choice.part(),
                what,
                expectation.method(),
                what.effect(),
                Site.LOCAL,
                choice.set(),
                null,
                Level.FULL,
                action == Action.VERIFY ? run.request().depth() : Depth.RESTORED,
                run.request().keep(),
                run.dueBy(),
                site.hash(),
                run.request().place(),
                choice.stopAt(),
                run.request().path());
    }
}

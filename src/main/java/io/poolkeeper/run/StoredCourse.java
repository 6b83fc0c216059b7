// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.plan.PartNames;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Ledger;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        var where = wanted(run, places(run));
        if (where.isEmpty()) {
            throw new CannotPlan("the vault holds nothing of that. HINT: 'list' shows its sets");
        }
        var expectations = new ArrayList<Expectation>();
        var steps = new ArrayList<Step>();
        where.forEach((part, set) -> {
            expectations.add(expectation(part, set));
            steps.add(step(run, part, set, steps.size() + 1));
        });
        return Optional.of(new StagePlan(action.word(), Optional.of(expectations), steps));
    }

    /** Every part that there is, and the set that is looked at for it: the newest that holds it, or the one that was named. */
    private Map<PartId, String> places(Run run) {
        var places = new TreeMap<PartId, String>();
        try {
            var entries = vault.ledger().entries();
            for (var entry : entries) {
                if (run.set() == null || run.set().equals(entry.line().set())) {
                    entry.line()
                            .parts()
                            .keySet()
                            .forEach(part -> places.put(part, entry.line().set()));
                }
            }
            if (run.set() != null && places.isEmpty()) {
                places.putAll(unlisted(run.set(), entries));
            }
        } catch (IOException | MalformedDocument e) {
            throw new CannotPlan("the vault's ledger cannot be used: " + e.getMessage()
                    + ". HINT: name the set to look at its files");
        }
        return places;
    }

    /** A set without a ledger line can still be looked at. */
    private Map<PartId, String> unlisted(String set, List<Ledger.Entry> entries) throws IOException {
        if (!vault.sets().contains(set)) {
            throw new CannotPlan("there is no set " + set + ". HINT: the sets are "
                    + String.join(
                            ", ",
                            entries.stream()
                                    .map(entry -> entry.line().set())
                                    .sorted(Comparator.reverseOrder())
                                    .limit(10)
                                    .toList()));
        }
        var places = new TreeMap<PartId, String>();
        vault.manifest(set).parts().stream().filter(part -> part.held()).forEach(part -> places.put(part.part(), set));
        return places;
    }

    private Map<PartId, String> wanted(Run run, Map<PartId, String> places) {
        var wanted = new TreeMap<>(places);
        if (!run.request().parts().isEmpty()) {
            try {
                wanted.keySet().retainAll(PartNames.resolve(run.request().parts(), places.keySet()));
            } catch (PartNames.NotOnePart e) {
                throw new CannotPlan(String.valueOf(e.getMessage()));
            }
        }
        if (action == Action.VERIFY) {
            List.copyOf(wanted.values()).forEach(set -> wanted.put(new PartId(Kind.SET, set), set));
        }
        return wanted;
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

    private Step step(Run run, PartId part, String set, int number) {
        var expectation = expectation(part, set);
        return new Step(
                run.id(),
                String.format(Locale.ROOT, "%s-%02d", action.word(), number),
                1,
                part,
                action,
                expectation.method(),
                action.effect(),
                Site.LOCAL,
                set,
                null,
                Level.FULL,
                action == Action.VERIFY ? run.request().depth() : Depth.RESTORED,
                run.request().keep(),
                run.dueBy(),
                site.hash());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.Problems;
import java.nio.file.FileSystems;
import java.util.HashSet;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/** What a schema cannot say about parts that another product backs up. */
final class ObservedChecks {
    private final Site site;
    private final Problems problems;

    ObservedChecks(Site site, Problems problems) {
        this.site = site;
        this.problems = problems;
    }

    void run() {
        var seen = new HashSet<String>();
        for (var i = 0; i < site.observed().size(); i++) {
            var observation = site.observed().get(i);
            if (!seen.add(observation.part().toLowerCase(Locale.ROOT))) {
                problems.add("/observed/" + i + "/part", "there are two entries for this part", "keep one of them");
            }
            check("/observed/" + i, observation);
        }
    }

    private void check(String place, Observation observation) {
        PartId part;
        try {
            part = PartId.parse(observation.part());
        } catch (IllegalArgumentException e) {
            return; // the schema has complained
        }
        watch(place, part, observation);
        if (part.kind() == Kind.DATABASE) {
            database(place, part, observation);
        } else {
            files(place, observation);
        }
    }

    private void watch(String place, PartId part, Observation observation) {
        if (observation.watch().isEmpty()) {
            return;
        }
        if (part.kind() == Kind.DATABASE) {
            problems.add(
                    place + "/watch",
                    "is for backups that lie in a folder, not for databases",
                    "remove watch; run a plan with this database more often");
        } else if (site.watchPlan(observation).isEmpty()) {
            var named = observation.watch().flatMap(Observation.Watch::plan);
            problems.add(
                    named.isPresent() ? place + "/watch/plan" : place + "/watch",
                    named.map(plan -> site.plans().containsKey(plan)
                                    ? "plan " + plan + " does not capture this part"
                                    : "there is no plan " + plan)
                            .orElse("there is no plan that a newer backup could start"),
                    "a plan of kind backup, of level full or incremental, with this part or without parts");
        }
    }

    private void database(String place, PartId part, Observation observation) {
        if (part.name().contains("/") && !site.sources().containsKey(part.owner())) {
            problems.add(
                    place + "/part",
                    "there is no sql." + part.owner() + " that holds databases",
                    "one of " + String.join(", ", site.sources().keySet()));
        }
        if (!observation.files().equals("*")) {
            problems.add(
                    place + "/files",
                    "says nothing about a database",
                    "SQL Server itself names the files; give folder alone if they lie elsewhere now");
        }
    }

    private void files(String place, Observation observation) {
        if (observation.folder().isEmpty()) {
            problems.add(
                    place,
                    "needs folder",
                    "the folder in which the other product leaves its backups, as the worker sees it");
        }
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + observation.files());
        } catch (PatternSyntaxException e) {
            problems.add(place + "/files", "is not a pattern: " + e.getDescription(), "e.g. '*.vhd' or 'backup-*.zip'");
        }
    }
}

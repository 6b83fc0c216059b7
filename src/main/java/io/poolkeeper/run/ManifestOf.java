// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.set.DirectoryAge;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Publisher.Won;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.StepResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The manifest of a backup run's set, and whose artefacts belong into it. A pure function of what the run store knows. */
public final class ManifestOf {
    private final Site site;
    private final Run run;
    private final List<StepResult> results;

    /** That of one run. */
    public ManifestOf(Site site, Run run, List<StepResult> results) {
        this.site = site;
        this.run = run;
        this.results = results;
    }

    /** What the set holds of every part that was expected, and of those that were not. */
    public Manifest manifest(List<Expectation> expectations) {
        var captured = results.stream()
                .filter(result -> result.output() instanceof Captured)
                .toList();
        var finished = captured.stream()
                .map(StepResult::finished)
                .max(Comparator.naturalOrder())
                .orElse(run.created());
        var outcome = Outcomes.of(run, expectations, results, finished);
        return new Manifest(
                run.requiredSet(),
                site.name(),
                site.catalogue().product(),
                run.request().plan(),
                run.id(),
                run.request().parts().isEmpty() && run.request().level() != Level.LOG,
                run.request().level(),
                site.hash(),
                run.created(),
                finished,
                outcome.skewSeconds(),
                expectations.stream().map(this::part).toList());
    }

    /** The attempts whose results won. */
    public List<Won> winners() {
        return results.stream()
                .filter(result -> result.output() instanceof Captured)
                .map(result ->
                        new Won(result.step() + "-" + result.attempt(), ((Captured) result.output()).artefacts()))
                .toList();
    }

    private Manifest.Part part(Expectation expectation) {
        var result = results.stream()
                .filter(candidate -> candidate.part().equals(expectation.part()))
                .findFirst();
        var captured = result.map(StepResult::output)
                .filter(Captured.class::isInstance)
                .map(Captured.class::cast);
        var outcome =
                expectation.foregone().or(() -> result.map(StepResult::outcome)).orElse(Outcome.EXCUSED);
        return new Manifest.Part(
                expectation.part(),
                expectation.part().kind(),
                expectation.role(),
                expectation.disposition(),
                expectation.reason(),
                expectation.method(),
                outcome,
                expectation.foregone().isPresent()
                        ? expectation.cause()
                        : result.map(StepResult::cause).orElse(null),
                expectation.foregone().isPresent()
                        ? expectation.hint()
                        : result.map(StepResult::hint).orElse(null),
                captured.map(Captured::level).orElse(null),
                captured.map(Captured::base).orElse(null),
                captured.map(Captured::artefacts).orElse(List.of()),
                instant(result, true),
                instant(result, false),
                captured.map(Captured::tools).orElse(Map.of()),
                recorded(expectation.part(), captured),
                expectation.dependsOn());
    }

    /** What a capture recorded; of the directory also how old a backup of it may be that is restored. */
    private @Nullable JsonNode recorded(PartId part, Optional<Captured> captured) {
        var recorded = captured.map(Captured::recorded).orElse(null);
        var days = new Answers(run, results).tombstoneDays();
        if (part.kind() == Kind.DIRECTORY && days != null && recorded instanceof ObjectNode fields) {
            return fields.deepCopy().put(DirectoryAge.RECORDED, days);
        }
        return recorded;
    }

    private static @Nullable Instant instant(Optional<StepResult> result, boolean start) {
        return result.map(found -> start ? found.started() : found.finished()).orElse(null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sums up a run: an outcome per part from the final results of its steps, and the exit code from all of them. A pure
 * function. What is expected comes from the run store, where it was written before the first step; a part without any
 * result has no outcome, and then the sum does not fit and the run is an internal error.
 */
public final class Outcomes {
    private final Run run;
    private final List<Expectation> expectations;
    private final List<StepResult> results;
    private final Answers answers;

    private Outcomes(Run run, List<Expectation> expectations, List<StepResult> results) {
        this.run = run;
        this.expectations = expectations;
        this.results = results;
        this.answers = new Answers(run, results);
    }

    /** Sums up a run. */
    public static RunOutcome of(Run run, List<Expectation> expectations, List<StepResult> results, Instant finished) {
        return new Outcomes(run, expectations, results).sum(finished);
    }

    private RunOutcome sum(Instant finished) {
        var parts = expectations.stream()
                .map(new PartOutcomes(run, results, answers)::of)
                .toList();
        var set = run.request().kind().equals("backup") && !answers.published() ? null : run.set();
        var expected = run.expected() == null ? 0 : run.expected();
        var draft = new RunOutcome(run, set, finished, expected, ExitCode.OK, run.failure(), List.of(), skew(), parts);
        var codes = addsUp(draft) ? new ExitCodes(run, results, answers).of(parts) : EnumSet.of(ExitCode.INTERNAL);
        var exit = run.failureExit() == null ? ExitCode.worst(codes) : run.failureExit();
        return new RunOutcome(run, set, finished, expected, exit, failure(draft), notes(), skew(), parts);
    }

    private @Nullable String failure(RunOutcome draft) {
        if (addsUp(draft)) {
            return run.failure();
        }
        var lost = draft.parts().stream()
                .filter(part -> part.outcome() == null && part.disposition().expected())
                .map(part -> part.part().toString())
                .collect(Collectors.joining(", "));
        return "the account of this run does not add up: expected " + draft.expected() + " parts"
                + (lost.isEmpty() ? "" : ", without any result: " + lost)
                + (surplus().isEmpty() ? "" : ", answered twice or by nobody's order: " + String.join(", ", surplus()))
                + ". HINT: this is an error of Poolkeeper: report it";
    }

    private boolean addsUp(RunOutcome draft) {
        return draft.accountedFor() && surplus().isEmpty();
    }

    /** Steps with two final results, and results about parts that nobody expected. */
    private List<String> surplus() {
        var expected = expectations.stream().map(Expectation::part).collect(Collectors.toSet());
        var seen = new HashSet<String>();
        return results.stream()
                .filter(result -> !seen.add(result.step()) || !(ofTheRun(result) || expected.contains(result.part())))
                .map(result -> result.step() + " of " + result.part())
                .toList();
    }

    /** Discovery and what is done to the set as a whole are about no part. */
    private static boolean ofTheRun(StepResult result) {
        return result.part().kind() == Kind.SOURCE || result.part().kind() == Kind.SET;
    }

    private long skew() {
        return results.stream()
                .map(StepResult::output)
                .filter(Output.Discovered.class::isInstance)
                .map(output -> ((Output.Discovered) output).inventory())
                .flatMap(inventory -> Stream.concat(
                        inventory.sql().values().stream().map(instance -> instance.skewSeconds()),
                        inventory.directory() == null
                                ? Stream.of()
                                : Stream.of(inventory.directory().skewSeconds())))
                .max(Comparator.comparingLong(Math::abs))
                .orElse(0L);
    }

    private List<String> notes() {
        var notes = new ArrayList<>(leftOut());
        answers.instances()
                .flatMap(instance -> instance.chainEvents().stream())
                .filter(event -> event.database().isEmpty())
                .forEach(event -> notes.add(event.what()));
        notes.addAll(doubtfulSet());
        results.stream().filter(Answers::isCoherence).map(this::coherence).forEach(notes::add);
        if (run.request().at() != null) {
            expectations.forEach(expectation -> notes.add(expectation.part() + " " + expectation.reason()));
        }
        return notes;
    }

    /** What a log backup is not about, so that nobody takes it for forgotten. */
    private List<String> leftOut() {
        if (run.request().level() != Level.LOG || !run.request().kind().equals("backup")) {
            return List.of();
        }
        var simple = answers.instances()
                .flatMap(instance -> instance.databases().stream()
                        .filter(database -> database.recoveryModel().equalsIgnoreCase("SIMPLE"))
                        .map(database -> instance.key() + "/" + database.name()))
                .sorted()
                .toList();
        return simple.isEmpty()
                ? List.of()
                : List.of("not part of a log backup, because their recovery model is SIMPLE: "
                        + String.join(", ", simple));
    }

    /** Whether the parts of a set fit each other, with the set's name where the run is about several. */
    private String coherence(StepResult result) {
        var set = run.request().kind().equals("backup")
                ? "the set"
                : result.part().name();
        var causes = new ArrayList<String>();
        var judged = Answers.judged(result);
        if (judged != null) {
            judged.damages().stream().limit(5).forEach(damage -> causes.add(damage.file() + " " + damage.what()));
            if (judged.damages().size() > 5) {
                causes.add("and " + (judged.damages().size() - 5) + " more");
            }
            Optional.ofNullable(judged.reason()).ifPresent(causes::add);
        } else {
            Optional.ofNullable(result.cause()).ifPresent(causes::add);
        }
        var why = ": " + String.join("; ", causes);
        return switch (Answers.verdict(result)) {
            case PROVEN -> "the parts of " + set + " fit each other" + why;
            case SUSPECT -> "WARNING: the parts of " + set + " do not fit each other" + why;
            case UNKNOWN, UNCHECKED -> "UNKNOWN whether the parts of " + set + " fit each other" + why;
        };
    }

    private List<String> doubtfulSet() {
        return results.stream()
                .filter(result -> result.step().equals("verify-set") && Answers.verdict(result) != Verdict.PROVEN)
                .map(result -> {
                    var causes = new ArrayList<String>();
                    Answers.add(causes, result);
                    return "the set as a whole is " + Answers.verdict(result) + ": " + String.join("; ", causes);
                })
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

    private Outcomes(Run run, List<Expectation> expectations, List<StepResult> results) {
        this.run = run;
        this.expectations = expectations;
        this.results = results;
    }

    /** Sums up a run. */
    public static RunOutcome of(Run run, List<Expectation> expectations, List<StepResult> results, Instant finished) {
        return new Outcomes(run, expectations, results).sum(finished);
    }

    private RunOutcome sum(Instant finished) {
        var parts = expectations.stream().map(this::part).toList();
        var set = run.request().kind().equals("backup") && !published() ? null : run.set();
        var expected = run.expected() == null ? 0 : run.expected();
        var draft = new RunOutcome(run, set, finished, expected, ExitCode.OK, run.failure(), List.of(), skew(), parts);
        var codes = addsUp(draft) ? codes(parts) : EnumSet.of(ExitCode.INTERNAL);
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

    private PartOutcome part(Expectation expectation) {
        var mine = results.stream()
                .filter(result -> result.part().equals(expectation.part()))
                .toList();
        var captured = mine.stream()
                .filter(result -> result.output() instanceof Captured || isCapture(result))
                .findFirst();
        var judged = mine.stream()
                .filter(result -> captured.isEmpty()
                        || !result.step().equals(captured.get().step()))
                .findFirst();
        var outcome = expectation.foregone().orElseGet(() -> warned(expectation, outcome(captured, judged)));
        return new PartOutcome(
                expectation.part(),
                expectation.part().kind(),
                expectation.role(),
                expectation.disposition(),
                expectation.reason(),
                expectation.method(),
                expectation.disposition() == Disposition.ABSENT ? null : outcome,
                judged.map(Outcomes::verdict).orElse(unverified(captured) ? Verdict.UNKNOWN : Verdict.UNCHECKED),
                judged.map(Outcomes::judged).map(Judged::depth).orElse(null),
                cause(expectation, captured, judged),
                hint(expectation, captured, judged),
                set(captured),
                bytes(captured, judged),
                artefacts(captured),
                judged.map(Outcomes::judged).map(Judged::damages).orElse(List.of()),
                judged.map(Outcomes::judged).map(Judged::where).orElse(null),
                captured.or(() -> judged).map(StepResult::started).orElse(null),
                captured.or(() -> judged).map(StepResult::finished).orElse(null));
    }

    /** Whoever moves the chain of a database on is told about even if this backup is fine. */
    private @Nullable Outcome warned(Expectation expectation, @Nullable Outcome outcome) {
        return outcome == null || chainEvents(expectation).isEmpty() ? outcome : outcome.worse(Outcome.WARNING);
    }

    private List<String> chainEvents(Expectation expectation) {
        var part = expectation.part();
        return part.kind() != Kind.DATABASE || !expectation.disposition().captured()
                ? List.of()
                : instances()
                        .filter(instance -> instance.key().equals(part.owner()))
                        .flatMap(instance -> instance.chainEvents().stream())
                        .filter(event -> event.database().equalsIgnoreCase(part.leaf()))
                        .map(Inventory.ChainEvent::what)
                        .toList();
    }

    private Stream<Inventory.SqlInstance> instances() {
        return results.stream()
                .map(StepResult::output)
                .filter(Output.Discovered.class::isInstance)
                .flatMap(output -> ((Output.Discovered) output).inventory().sql().values().stream());
    }

    /** In a backup the first step of a part captures it; elsewhere there is none that does. */
    private boolean isCapture(StepResult result) {
        return result.step().startsWith("capture-");
    }

    private @Nullable Outcome outcome(Optional<StepResult> captured, Optional<StepResult> judged) {
        if (captured.isEmpty() && judged.isEmpty()) {
            return null;
        }
        if (run.request().kind().equals("backup") && captured.isEmpty()) {
            return null;
        }
        var taken = captured.map(StepResult::outcome).orElse(Outcome.OK);
        var unpublished = captured.isPresent() && !published() ? Outcome.FAILED : Outcome.OK;
        var judgement = judged.map(this::outcomeOf).orElse(unverified(captured) ? Outcome.WARNING : Outcome.OK);
        return taken.worse(unpublished).worse(judgement);
    }

    /** A backup ends with verification; a published part that nobody looked at is in doubt, whatever kept them from it. */
    private boolean unverified(Optional<StepResult> captured) {
        return published()
                && captured.map(StepResult::output)
                        .filter(Captured.class::isInstance)
                        .isPresent();
    }

    private Outcome outcomeOf(StepResult judgement) {
        return switch (verdict(judgement)) {
            case PROVEN -> judgement.outcome();
            case SUSPECT -> Outcome.FAILED;
            case UNKNOWN, UNCHECKED -> isRestore() ? Outcome.FAILED : Outcome.WARNING;
        };
    }

    private boolean isRestore() {
        return run.request().kind().equals("restore");
    }

    /** A judgement that could not be made is UNKNOWN, never good and never damaged. */
    private static Verdict verdict(StepResult judgement) {
        return judgement.output() instanceof Judged found ? found.verdict() : Verdict.UNKNOWN;
    }

    private static @Nullable Judged judged(StepResult judgement) {
        return judgement.output() instanceof Judged found ? found : null;
    }

    private @Nullable String cause(
            Expectation expectation, Optional<StepResult> captured, Optional<StepResult> judged) {
        if (expectation.foregone().isPresent()) {
            return expectation.cause();
        }
        var causes = new ArrayList<>(chainEvents(expectation));
        captured.map(StepResult::cause)
                .or(() -> captured.flatMap(Outcomes::promoted))
                .ifPresent(causes::add);
        if (captured.isPresent() && captured.get().outcome() != Outcome.FAILED && !published()) {
            causes.add(unpublishedBecause());
        }
        judged.ifPresentOrElse(judgement -> add(causes, judgement), () -> {
            if (unverified(captured)) {
                causes.add("was not verified" + whyUnverified());
            }
        });
        return causes.isEmpty() ? null : String.join("; ", causes);
    }

    /** Why a part that is fine was taken in full although less was asked for. */
    private static Optional<String> promoted(StepResult capture) {
        return capture.output() instanceof Captured taken && taken.recorded().has("promoted")
                ? Optional.of("took a full backup: "
                        + taken.recorded().path("promoted").asText())
                : Optional.empty();
    }

    private String whyUnverified() {
        if (run.cancelled() != null) {
            return ": the run was cancelled";
        }
        return run.failure() == null ? "" : ": " + run.failure();
    }

    private String unpublishedBecause() {
        var why = results.stream()
                .filter(result -> result.step().equals("publish") || isVaultFull(result))
                .map(StepResult::cause)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(run.cancelled()).map(at -> "the run was cancelled"));
        return "the set was not published" + why.map(cause -> ": " + cause).orElse("");
    }

    private static boolean isVaultFull(StepResult result) {
        return String.valueOf(result.cause()).startsWith(VaultFull.CAUSE);
    }

    private static void add(List<String> causes, StepResult judgement) {
        if (judgement.cause() != null) {
            causes.add(judgement.cause());
        }
        var found = judged(judgement);
        if (found != null && found.reason() != null) {
            causes.add("could not be checked: " + found.reason());
        }
        if (found != null) {
            found.damages().stream().limit(5).forEach(damage -> causes.add(damage.file() + " " + damage.what()));
            if (found.damages().size() > 5) {
                causes.add("and " + (found.damages().size() - 5) + " more");
            }
        }
    }

    private static @Nullable String hint(
            Expectation expectation, Optional<StepResult> captured, Optional<StepResult> judged) {
        if (expectation.foregone().isPresent()) {
            return expectation.hint();
        }
        return captured.map(StepResult::hint)
                .or(() -> judged.map(StepResult::hint))
                .orElse(null);
    }

    private @Nullable String set(Optional<StepResult> captured) {
        if (run.request().kind().equals("backup")) {
            return captured.isPresent() && published() ? run.set() : null;
        }
        return run.set();
    }

    private static long bytes(Optional<StepResult> captured, Optional<StepResult> judged) {
        if (captured.isPresent()) {
            return captured.get().output() instanceof Captured taken
                    ? taken.artefacts().stream()
                            .mapToLong(Output.Artefact::size)
                            .sum()
                    : 0;
        }
        return judged.map(Outcomes::judged).map(Judged::bytes).orElse(0L);
    }

    private static List<String> artefacts(Optional<StepResult> captured) {
        return captured.map(StepResult::output)
                .filter(Captured.class::isInstance)
                .map(output -> ((Captured) output)
                        .artefacts().stream().map(Output.Artefact::path).toList())
                .orElse(List.of());
    }

    private boolean published() {
        return results.stream().anyMatch(result -> result.output() instanceof Output.Published);
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

    private EnumSet<ExitCode> codes(List<PartOutcome> parts) {
        var codes = EnumSet.of(ExitCode.OK);
        parts.forEach(part -> codes.addAll(codes(part)));
        wholeSet().ifPresent(verdict -> codes.add(codeOf(verdict)));
        if (run.request().kind().equals("backup") && !anythingKept(parts)) {
            codes.add(ExitCode.NO_SET);
        }
        if (isRestore() && parts.stream().noneMatch(part -> part.outcome() == Outcome.OK)) {
            codes.add(codes.contains(ExitCode.DAMAGE) ? ExitCode.DAMAGE : ExitCode.NO_SET);
        }
        if (results.stream().anyMatch(result -> String.valueOf(result.cause()).startsWith("OVERDUE"))) {
            codes.add(ExitCode.OVERDUE);
        }
        return codes;
    }

    private List<String> notes() {
        var notes = new ArrayList<>(leftOut());
        instances()
                .flatMap(instance -> instance.chainEvents().stream())
                .filter(event -> event.database().isEmpty())
                .forEach(event -> notes.add(event.what()));
        notes.addAll(doubtfulSet());
        return notes;
    }

    /** What a log backup is not about, so that nobody takes it for forgotten. */
    private List<String> leftOut() {
        if (run.request().level() != Level.LOG || !run.request().kind().equals("backup")) {
            return List.of();
        }
        var simple = instances()
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

    private List<String> doubtfulSet() {
        return results.stream()
                .filter(result -> result.step().equals("verify-set") && verdict(result) != Verdict.PROVEN)
                .map(result -> {
                    var causes = new ArrayList<String>();
                    add(causes, result);
                    return "the set as a whole is " + verdict(result) + ": " + String.join("; ", causes);
                })
                .toList();
    }

    /** The verdict about the set as a whole in a backup, where it is not a part. */
    private Optional<Verdict> wholeSet() {
        return results.stream()
                .filter(result -> result.step().equals("verify-set"))
                .map(Outcomes::verdict)
                .findFirst()
                .or(() -> published() ? Optional.of(Verdict.UNKNOWN) : Optional.empty());
    }

    private static ExitCode codeOf(Verdict verdict) {
        return switch (verdict) {
            case SUSPECT -> ExitCode.DAMAGE;
            case UNKNOWN -> ExitCode.INCONCLUSIVE;
            case PROVEN, UNCHECKED -> ExitCode.OK;
        };
    }

    private EnumSet<ExitCode> codes(PartOutcome part) {
        var codes = EnumSet.noneOf(ExitCode.class);
        if (part.verdict() == Verdict.SUSPECT) {
            codes.add(run.request().kind().equals("drill") ? ExitCode.DRILL_FAILED : ExitCode.DAMAGE);
        }
        if (part.verdict() == Verdict.UNKNOWN && !isRestore()) {
            codes.add(ExitCode.INCONCLUSIVE);
        }
        if (part.outcome() == Outcome.FAILED && part.verdict() != Verdict.SUSPECT) {
            codes.add(part.disposition() == Disposition.OPTIONAL ? ExitCode.WARNING : ExitCode.PARTIAL);
        }
        if (part.outcome() == Outcome.WARNING && part.verdict() != Verdict.UNKNOWN) {
            codes.add(ExitCode.WARNING);
        }
        return codes;
    }

    /** A set was published, and it holds at least one required part if any was expected. */
    private boolean anythingKept(List<PartOutcome> parts) {
        if (!published()) {
            return false;
        }
        var required = parts.stream()
                .filter(part -> part.disposition() == Disposition.REQUIRED)
                .toList();
        return required.isEmpty() || required.stream().anyMatch(part -> isKept(part.part()));
    }

    /** In the vault or, if it was observed, with another product. */
    private boolean isKept(PartId part) {
        return results.stream().anyMatch(result -> result.part().equals(part) && result.output() instanceof Captured);
    }
}

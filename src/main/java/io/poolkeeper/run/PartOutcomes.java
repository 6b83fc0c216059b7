// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.set.DirectoryAge;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.step.Changes;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sums up what the final results of a run say about one part: its outcome, its verdict, and why. */
final class PartOutcomes {
    private final Run run;
    private final List<StepResult> results;
    private final Answers answers;

    PartOutcomes(Run run, List<StepResult> results, Answers answers) {
        this.run = run;
        this.results = results;
        this.answers = answers;
    }

    PartOutcome of(Expectation expectation) {
        var mine = results.stream()
                .filter(result -> result.part().equals(expectation.part()) && !Answers.isCoherence(result))
                .toList();
        var captured = mine.stream()
                .filter(result -> result.output() instanceof Captured || isCapture(result))
                .findFirst();
        var judged = mine.stream()
                .filter(result -> captured.isEmpty()
                        || !result.step().equals(captured.get().step()))
                .findFirst();
        var outcome = expectation.foregone().orElseGet(() -> warned(expectation, captured, outcome(captured, judged)));
        return new PartOutcome(
                expectation.part(),
                expectation.part().kind(),
                expectation.role(),
                expectation.disposition(),
                expectation.reason(),
                expectation.method(),
                expectation.disposition() == Disposition.ABSENT ? null : outcome,
                judged.map(Answers::verdict).orElse(unverified(captured) ? Verdict.UNKNOWN : Verdict.UNCHECKED),
                judged.map(Answers::judged).map(Judged::depth).orElse(null),
                cause(expectation, captured, judged),
                hint(expectation, captured, judged),
                set(captured),
                bytes(captured, judged),
                artefacts(captured),
                judged.map(Answers::judged).map(Judged::damages).orElse(List.of()),
                judged.map(Answers::judged).map(Judged::where).orElse(null),
                changes(captured),
                captured.or(() -> judged).map(StepResult::started).orElse(null),
                captured.or(() -> judged).map(StepResult::finished).orElse(null));
    }

    /**
     * Whoever moves the chain of a database on is told about even if this backup is fine, and so is a backup of Active Directory
     * that soon must not be restored any more.
     */
    private @Nullable Outcome warned(
            Expectation expectation, Optional<StepResult> captured, @Nullable Outcome outcome) {
        var fine = chainEvents(expectation).isEmpty()
                && oldDirectory(expectation, captured).isEmpty();
        return outcome == null || fine ? outcome : outcome.worse(Outcome.WARNING);
    }

    /** How old the backup of Active Directory is that this part has, if that is so old that somebody should act. */
    private Optional<String> oldDirectory(Expectation expectation, Optional<StepResult> captured) {
        if (expectation.part().kind() != Kind.DIRECTORY
                || captured.isEmpty()
                || !(captured.get().output() instanceof Captured taken)) {
            return Optional.empty();
        }
        var at = captured.get().finished();
        return ObservedBackup.in(taken.recorded())
                .filter(backup -> DirectoryAge.bringsBack(expectation.method(), taken.recorded()))
                .map(backup -> new DirectoryAge(
                        backup.finished(), "in " + backup.where() + " by " + backup.who(), answers.tombstoneDays()))
                .filter(age -> age.state(at) != DirectoryAge.State.GOOD)
                .map(age -> age.told(at));
    }

    private List<String> chainEvents(Expectation expectation) {
        var part = expectation.part();
        return part.kind() != Kind.DATABASE || !expectation.disposition().captured()
                ? List.of()
                : answers.instances()
                        .filter(instance -> instance.key().equals(part.owner()))
                        .flatMap(instance -> instance.chainEvents().stream())
                        .filter(event -> event.database().equalsIgnoreCase(part.leaf()))
                        .map(Inventory.ChainEvent::what)
                        .toList();
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
        var unpublished = captured.isPresent() && !answers.published() ? Outcome.FAILED : Outcome.OK;
        var judgement = judged.map(this::outcomeOf).orElse(unverified(captured) ? Outcome.WARNING : Outcome.OK);
        return taken.worse(unpublished).worse(judgement);
    }

    /** A backup ends with verification; a published part that nobody looked at is in doubt, whatever kept them from it. */
    private boolean unverified(Optional<StepResult> captured) {
        return answers.published()
                && captured.map(StepResult::output)
                        .filter(Captured.class::isInstance)
                        .isPresent();
    }

    private Outcome outcomeOf(StepResult judgement) {
        return switch (Answers.verdict(judgement)) {
            case PROVEN -> judgement.outcome();
            case SUSPECT -> Outcome.FAILED;
            case UNKNOWN, UNCHECKED -> answers.isRestore() ? Outcome.FAILED : Outcome.WARNING;
        };
    }

    private @Nullable String cause(
            Expectation expectation, Optional<StepResult> captured, Optional<StepResult> judged) {
        if (expectation.foregone().isPresent()) {
            return expectation.cause();
        }
        var causes = new ArrayList<>(chainEvents(expectation));
        oldDirectory(expectation, captured).ifPresent(causes::add);
        captured.map(StepResult::cause)
                .or(() -> captured.flatMap(PartOutcomes::promoted))
                .ifPresent(causes::add);
        captured.flatMap(PartOutcomes::notPreserved).ifPresent(causes::add);
        if (captured.isPresent() && captured.get().outcome() != Outcome.FAILED && !answers.published()) {
            causes.add(unpublishedBecause());
        }
        judged.ifPresentOrElse(judgement -> Answers.add(causes, judgement), () -> {
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

    /** What a restore will not bring back although all that was asked for is in the set. */
    private static Optional<String> notPreserved(StepResult capture) {
        return capture.output() instanceof Captured taken && taken.recorded().has("notPreserved")
                ? Optional.of("not preserved: "
                        + taken.recorded().path("notPreserved").asText())
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

    private @Nullable String hint(Expectation expectation, Optional<StepResult> captured, Optional<StepResult> judged) {
        if (expectation.foregone().isPresent()) {
            return expectation.hint();
        }
        return captured.map(StepResult::hint)
                .or(() -> judged.map(StepResult::hint))
                .or(() -> oldDirectory(expectation, captured).map(old -> DirectoryAge.HINT))
                .orElse(null);
    }

    private @Nullable String set(Optional<StepResult> captured) {
        if (run.request().kind().equals("backup")) {
            return captured.isPresent() && answers.published() ? run.set() : null;
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
        return judged.map(Answers::judged).map(Judged::bytes).orElse(0L);
    }

    private static @Nullable Changes changes(Optional<StepResult> captured) {
        return captured.map(StepResult::output)
                .filter(Captured.class::isInstance)
                .flatMap(output -> Changes.in(((Captured) output).recorded()))
                .orElse(null);
    }

    private static List<String> artefacts(Optional<StepResult> captured) {
        return captured.map(StepResult::output)
                .filter(Captured.class::isInstance)
                .map(output -> ((Captured) output)
                        .artefacts().stream().map(Output.Artefact::path).toList())
                .orElse(List.of());
    }
}

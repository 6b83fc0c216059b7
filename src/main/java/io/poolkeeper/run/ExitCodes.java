// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The exit codes that a run deserves; the worst of them counts. */
final class ExitCodes {
    private final Run run;
    private final List<StepResult> results;
    private final Answers answers;

    ExitCodes(Run run, List<StepResult> results, Answers answers) {
        this.run = run;
        this.results = results;
        this.answers = answers;
    }

    EnumSet<ExitCode> of(List<PartOutcome> parts) {
        var codes = EnumSet.of(ExitCode.OK);
        parts.forEach(part -> codes.addAll(codes(part)));
        wholeSet().ifPresent(verdict -> codes.add(codeOf(verdict)));
        results.stream().filter(Answers::isCoherence).forEach(result -> codes.add(coherence(result)));
        if (run.request().kind().equals("backup") && !anythingKept(parts)) {
            codes.add(ExitCode.NO_SET);
        }
        if (answers.isRestore() && parts.stream().noneMatch(ExitCodes::isRestored)) {
            codes.add(codes.contains(ExitCode.DAMAGE) ? ExitCode.DAMAGE : ExitCode.NO_SET);
        }
        if (results.stream().anyMatch(result -> String.valueOf(result.cause()).startsWith("OVERDUE"))) {
            codes.add(ExitCode.OVERDUE);
        }
        return codes;
    }

    /** A warning is about something that could not be kept, such as an access right. */
    private static boolean isRestored(PartOutcome part) {
        return part.outcome() == Outcome.OK || part.outcome() == Outcome.WARNING;
    }

    /** The verdict about the set as a whole in a backup, where it is not a part. */
    private Optional<Verdict> wholeSet() {
        return results.stream()
                .filter(result -> result.step().equals("verify-set"))
                .map(Answers::verdict)
                .findFirst()
                .or(() -> answers.published() ? Optional.of(Verdict.UNKNOWN) : Optional.empty());
    }

    /** What a set does not hold cannot be compared, and the part that is missing says so itself. */
    private static ExitCode coherence(StepResult result) {
        if (Answers.judged(result) == null) {
            return ExitCode.INCONCLUSIVE;
        }
        return Answers.verdict(result) == Verdict.SUSPECT ? ExitCode.WARNING : ExitCode.OK;
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
        if (part.verdict() == Verdict.UNKNOWN && !answers.isRestore()) {
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
        if (!answers.published()) {
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

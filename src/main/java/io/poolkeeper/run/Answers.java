// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.step.Action;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the final results of a run's steps say as a whole. */
final class Answers {
    private final Run run;
    private final List<StepResult> results;

    Answers(Run run, List<StepResult> results) {
        this.run = run;
        this.results = results;
    }

    /** The SQL Server instances that discovery found. */
    Stream<Inventory.SqlInstance> instances() {
        return results.stream()
                .map(StepResult::output)
                .filter(Output.Discovered.class::isInstance)
                .flatMap(output -> ((Output.Discovered) output).inventory().sql().values().stream());
    }

    /** The tombstone lifetime that discovery found; null if it could not be read. */
    @Nullable Integer tombstoneDays() {
        return results.stream()
                .map(StepResult::output)
                .filter(Output.Discovered.class::isInstance)
                .map(output -> ((Output.Discovered) output).inventory().directory())
                .filter(Objects::nonNull)
                .map(Inventory.Directory::tombstoneDays)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    boolean isRestore() {
        return run.request().kind().equals("restore");
    }

    /** Whether a result says if the parts of a set fit each other; it is about no part, and not about damage. */
    static boolean isCoherence(StepResult result) {
        return result.step().startsWith(Action.COHERE.word() + "-");
    }

    /** A judgement that could not be made is UNKNOWN, never good and never damaged. */
    static Verdict verdict(StepResult judgement) {
        return judgement.output() instanceof Judged found ? found.verdict() : Verdict.UNKNOWN;
    }

    /** What was judged; null if the step failed. */
    static @Nullable Judged judged(StepResult judgement) {
        return judgement.output() instanceof Judged found ? found : null;
    }

    /** Adds what a judgement says for a person; at most five damages by name. */
    static void add(List<String> causes, StepResult judgement) {
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

    /** Whether the set got its name. */
    boolean published() {
        return results.stream().anyMatch(result -> result.output() instanceof Output.Published);
    }
}

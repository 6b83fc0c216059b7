// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.step.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended: every part accounted for.
 *
 * @param set the set that it published or looked at; null if there is none
 * @param expected written before the first step; 0 if the run could not be planned
 * @param exit the exit code of the ladder
 * @param failure why it could not be planned, or what is wrong with its account; null if nothing is
 * @param notes what else somebody should read, such as a verdict about the set as a whole
 * @param skewSeconds the largest difference between a source's clock and ours
 */
public record RunOutcome(
        Run run,
        @Nullable String set,
        Instant finished,
        int expected,
        ExitCode exit,
        @Nullable String failure,
        List<String> notes,
        long skewSeconds,
        List<PartOutcome> parts) {
    /** How many parts ended so. */
    public int count(Outcome outcome) {
        return (int) parts.stream().filter(part -> part.outcome() == outcome).count();
    }

    /** The same with more to read. */
    public RunOutcome with(List<String> more) {
        var all = new ArrayList<>(notes);
        all.addAll(more);
        return new RunOutcome(run, set, finished, expected, exit, failure, List.copyOf(all), skewSeconds, parts);
    }

    /** The same with another exit code. */
    public RunOutcome with(ExitCode other) {
        return new RunOutcome(run, set, finished, expected, other, failure, notes, skewSeconds, parts);
    }

    /** Whether every expected part has exactly one outcome. */
    public boolean accountedFor() {
        return count(Outcome.OK) + count(Outcome.WARNING) + count(Outcome.FAILED) + count(Outcome.EXCUSED) == expected;
    }
}

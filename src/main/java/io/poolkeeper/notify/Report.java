// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import io.poolkeeper.proof.Restorability;
import io.poolkeeper.run.PartOutcome;
import io.poolkeeper.run.RunOutcome;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Outcome;
import java.util.Comparator;
import java.util.List;

/**
 * What there is to say about a run; every shape is made from this.
 *
 * @param recovered whether this run is the first good one after one that was not
 */
public record Report(Site site, RunOutcome outcome, Restorability restorability, boolean recovered) {
    /** The run in one word, for the beginning of a subject. */
    public String verdict() {
        return switch (outcome.exit()) {
            case OK -> "OK";
            case WARNING -> "WARNING";
            case DAMAGE -> "SUSPECT";
            case INCONCLUSIVE -> "UNKNOWN";
            case OVERDUE -> "OVERDUE";
            case INTERNAL -> "ERROR";
            default -> "FAILED";
        };
    }

    /** Kind and plan of the run, said once where they are the same. */
    String plan() {
        var request = outcome.run().request();
        return request.plan().equals(request.kind()) ? request.plan() : request.kind() + " " + request.plan();
    }

    /** One sentence: what, and how much of it. */
    public String headline() {
        var bad = notInOrder();
        var first = bad.isEmpty()
                ? ""
                : " (" + bad.get(0).part() + (bad.size() > 1 ? " and " + (bad.size() - 1) + " more" : "") + ")";
        return outcome.failure() != null
                ? site.name() + " " + plan() + ": " + outcome.failure()
                : site.name() + " " + plan() + ": " + outcome.count(Outcome.OK) + " of " + outcome.expected()
                        + " parts OK, "
                        + outcome.count(Outcome.WARNING) + " with warnings, " + outcome.count(Outcome.FAILED)
                        + " failed, "
                        + outcome.count(Outcome.EXCUSED) + " excused" + first;
    }

    /** The parts that differ from what the set before held of them, or could not be compared with it. */
    public List<PartOutcome> changed() {
        return outcome.parts().stream()
                .filter(part -> part.changes() != null && part.changes().worthTelling())
                .toList();
    }

    /** The parts that somebody should look at, worst first. */
    public List<PartOutcome> notInOrder() {
        return outcome.parts().stream()
                .filter(part -> part.outcome() == Outcome.FAILED || part.outcome() == Outcome.WARNING)
                .sorted(Comparator.comparing(PartOutcome::outcome, Comparator.nullsLast(Comparator.reverseOrder()))
                        .thenComparing(PartOutcome::disposition))
                .toList();
    }

    /** The sum that has to be right: {@code 14 expected = 12 ok + 1 warning + 1 failed + 0 excused}. */
    public String account() {
        return outcome.expected() + " expected = " + outcome.count(Outcome.OK) + " ok + "
                + outcome.count(Outcome.WARNING) + " warning + " + outcome.count(Outcome.FAILED) + " failed + "
                + outcome.count(Outcome.EXCUSED) + " excused";
    }
}

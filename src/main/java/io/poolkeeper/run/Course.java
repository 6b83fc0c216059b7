// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.plan.Expectation;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.util.List;
import java.util.Optional;

/** How one kind of run goes from stage to stage. Pure in what it is given, but for looking into the vault. */
public interface Course {
    /**
     * A stage that may open now.
     *
     * @param expectations what the run is held to, if this is the stage that knows; written before the first of the steps
     * @param steps may be empty: the next stage opens at once then
     */
    record StagePlan(String name, Optional<List<Expectation>> expectations, List<Step> steps) {
        /** A stage that adds nothing to what is expected. */
        public static StagePlan of(String name, List<Step> steps) {
            return new StagePlan(name, Optional.empty(), steps);
        }
    }

    /** A run that cannot be planned; it ends with {@link ExitCode#NOT_STARTED}. */
    final class CannotPlan extends RuntimeException {
        /** Says why and what to do. */
        public CannotPlan(String message) {
            super(message);
        }
    }

    /**
     * The stage of a number, from 0; empty if the run is through.
     *
     * @param results what closed the steps so far
     * @throws CannotPlan if there is nothing that could be done
     */
    Optional<StagePlan> stage(int number, Run run, List<StepResult> results);
}

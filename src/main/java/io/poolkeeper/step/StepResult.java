// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import io.poolkeeper.catalogue.PartId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt of a step ended (config/schema/result.json).
 *
 * @param outcome OK, WARNING or FAILED
 * @param cause what went wrong, where and why; null if nothing did
 * @param hint what to do next; null if nothing did
 * @param again whether another attempt may succeed: the fault was a passing one
 * @param output what was done; null if it failed
 * @param started UTC, by the worker's clock
 * @param finished UTC, by the worker's clock
 */
public record StepResult(
        String run,
        String step,
        int attempt,
        String worker,
        PartId part,
        Outcome outcome,
        @Nullable String cause,
        @Nullable String hint,
        boolean again,
        @Nullable Output output,
        Instant started,
        Instant finished) {

    /** A step that did what it should; with notes it is a warning. */
    public static StepResult done(Step step, String worker, Output output, Instant started, Instant finished) {
        var notes = output.notes();
        return new StepResult(
                step.run(),
                step.step(),
                step.attempt(),
                worker,
                step.part(),
                notes.isEmpty() ? Outcome.OK : Outcome.WARNING,
                notes.isEmpty() ? null : String.join("; ", notes),
                null,
                false,
                output,
                started,
                finished);
    }

    /** A step that failed. */
    public static StepResult failed(Step step, String worker, StepFault fault, Instant started, Instant finished) {
        return new StepResult(
                step.run(),
                step.step(),
                step.attempt(),
                worker,
                step.part(),
                Outcome.FAILED,
                fault.getMessage(),
                fault.hint(),
                fault instanceof TransientFault,
                null,
                started,
                finished);
    }
}

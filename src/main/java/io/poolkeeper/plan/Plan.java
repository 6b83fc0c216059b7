// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run will do: stages of steps. The same plan prints, runs and exports as scripts.
 *
 * @param name the plan's name in the site file
 * @param parts everything that is expected, whether a step touches it or not
 */
public record Plan(String name, Level level, List<Expectation> parts, List<Stage> stages) {
    /** Steps that run side by side; the next stage starts when each has a final result. */
    public record Stage(String name, List<PlannedStep> steps) {}

    /**
     * One step before it is sent.
     *
     * @param id within the run
     * @param base for an incremental capture, the set to compare with
     */
    public record PlannedStep(
            String id,
            PartId part,
            Action action,
            Method method,
            String worker,
            @Nullable String base) {}

    /** How many parts are expected: all but those that are absent. */
    public int expected() {
        return (int)
                parts.stream().filter(part -> part.disposition().expected()).count();
    }
}

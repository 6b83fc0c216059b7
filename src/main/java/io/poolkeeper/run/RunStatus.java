// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands right now (config/schema/status.json). Nothing stores "running": a run without an outcome is going on as
 * long as its coordinator is there to say so.
 *
 * @param expected null until it was planned
 * @param stages that were opened, in their order
 * @param doing steps without a final result
 * @param done steps with one
 * @param exit null until it is closed
 * @param summary null until it is closed
 */
public record RunStatus(
        String run,
        String kind,
        String plan,
        @Nullable String set,
        Instant created,
        @Nullable Integer expected,
        List<Stage> stages,
        List<Doing> doing,
        List<Done> done,
        @Nullable Instant cancelled,
        @Nullable Instant closed,
        @Nullable Integer exit,
        @Nullable JsonNode summary) {
    /** A coordinator of an earlier release tells no stages. */
    public RunStatus {
        stages = stages == null ? List.of() : stages;
    }

    /**
     * Steps that run side by side.
     *
     * @param closed null until each of them has a final result
     */
    public record Stage(
            String name, Instant opened, @Nullable Instant closed) {}

    /**
     * A step that is out.
     *
     * @param worker null while it waits in its queue
     * @param progress in {@code unit}
     * @param total 0 if it is not known
     */
    public record Doing(
            String step,
            PartId part,
            Action action,
            @Nullable String worker,
            long progress,
            long total,
            String unit) {}

    /** A step that is through. */
    public record Done(
            String step,
            PartId part,
            Outcome outcome,
            @Nullable String cause) {}
}

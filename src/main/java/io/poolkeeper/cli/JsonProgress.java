// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.schema.Json;
import java.time.Duration;
import java.time.Instant;

/**
 * Progress as JSON lines: what is expected, then each step that is through, and at most once a second what is going on. Nothing is
 * said of any step before it is known what the run is held to.
 */
final class JsonProgress implements RunProgress {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private final SiteVerb verb;
    private boolean expectedShown;
    private int stepsShown;
    private Instant lastShown = Instant.EPOCH;

    JsonProgress(SiteVerb verb) {
        this.verb = verb;
    }

    @Override
    public void show(RunStatus status) {
        if (!expectedShown && status.expected() != null) {
            expectedShown = true;
            verb.line(JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "expected")
                    .put("version", 1)
                    .put("run", status.run())
                    .put("expected", status.expected()));
        }
        for (; expectedShown && stepsShown < status.done().size(); stepsShown++) {
            var done = status.done().get(stepsShown);
            verb.line(JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "step")
                    .put("version", 1)
                    .put("run", status.run())
                    .put("step", done.step())
                    .put("part", done.part().toString())
                    .put("outcome", done.outcome().name())
                    .put("cause", done.cause()));
        }
        if (!status.doing().isEmpty()
                && Duration.between(lastShown, Instant.now()).compareTo(PAUSE) >= 0) {
            lastShown = Instant.now();
            var line = JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "progress")
                    .put("version", 1)
                    .put("run", status.run());
            line.set("doing", Json.node(status.doing()));
            verb.line(line);
        }
    }

    @Override
    public void close() {
        // every line is written when it is shown
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.step.Outcome;

/** The last line of {@code --json} (config/schema/summary.json). */
public final class SummaryJson {
    private SummaryJson() {}

    /** One object; its keys are a contract. */
    public static ObjectNode of(Report report) {
        var outcome = report.outcome();
        var run = outcome.run();
        var summary = JsonNodeFactory.instance.objectNode();
        summary.put("message_type", "summary").put("version", 1);
        summary.put("kind", run.request().kind())
                .put("site", report.site().name())
                .put("plan", run.request().plan());
        summary.put("run", run.id())
                .put("key", run.request().key())
                .put("trigger", run.request().source());
        summary.put("set", outcome.set());
        summary.put("started", run.created().toString())
                .put("finished", outcome.finished().toString());
        summary.put("exit", outcome.exit().code())
                .put("verdict", report.verdict())
                .put("expected", outcome.expected());
        summary.put("ok", outcome.count(Outcome.OK)).put("warning", outcome.count(Outcome.WARNING));
        summary.put("failed", outcome.count(Outcome.FAILED)).put("excused", outcome.count(Outcome.EXCUSED));
        summary.put("skew_s", outcome.skewSeconds());
        summary.put("failure", outcome.failure());
        summary.set("notes", Json.node(outcome.notes()));
        var restorable = summary.putObject("restorable");
        restorable
                .put("to", text(report.restorability().to()))
                .put("in_s", report.restorability().inSeconds());
        restorable
                .put("proven", text(report.restorability().proven()))
                .put("expires", text(report.restorability().expires()));
        summary.put("line", report.restorability().line());
        summary.set("parts", Json.node(outcome.parts()));
        return summary;
    }

    private static @org.jspecify.annotations.Nullable String text(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? null : value.toString();
    }
}

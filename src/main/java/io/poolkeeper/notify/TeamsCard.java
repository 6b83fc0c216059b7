// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.schema.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A message for a Teams Workflows webhook: an Adaptive Card of version 1.4, at most 20 KB (Teams takes about 28 KB for the
 * whole message). Aggregated to one card per run.
 */
public final class TeamsCard {
    /** The most bytes that a message may have. */
    public static final int MOST_BYTES = 20_000;

    private static final int MOST_PARTS = 12;

    private TeamsCard() {}

    /** The card of a report; the parts that are not in order are named, as many as fit. */
    public static String of(Report report) {
        var title = report.verdict() + (report.recovered() ? " (recovered)" : "") + " "
                + report.site().name() + " " + report.plan();
        for (var parts = MOST_PARTS; parts >= 0; parts--) {
            var card = card(title, report.restorability().line(), facts(report), details(report, parts));
            if (card.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return card;
            }
        }
        return card(title, Texts.shorten(report.restorability().line(), 1000), Map.of(), List.of());
    }

    /** A short card without a report behind it. */
    public static String alert(String word, String sentence, String details) {
        return card(word, Texts.shorten(sentence, 1000), Map.of(), List.of(Texts.shorten(details, 4000)));
    }

    private static Map<String, String> facts(Report report) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("Parts", report.account());
        facts.put("Run", report.outcome().run().id());
        facts.put(
                "Set",
                Texts.word(report.outcome().set()).isEmpty()
                        ? "none"
                        : Texts.word(report.outcome().set()));
        facts.put(
                "Finished",
                Texts.time(report.outcome().finished(), report.site().zone()));
        facts.put("Exit", Integer.toString(report.outcome().exit().code()));
        return facts;
    }

    private static List<String> details(Report report, int most) {
        var details = new ArrayList<String>();
        if (report.outcome().failure() != null) {
            details.add(Texts.shorten(report.outcome().failure(), 1000));
        }
        report.outcome().notes().forEach(note -> details.add(Texts.shorten(note, 600)));
        var bad = report.notInOrder();
        bad.stream()
                .limit(most)
                .forEach(part -> details.add(Texts.shorten(
                        part.outcome() + " " + part.part() + ": " + Texts.word(part.cause())
                                + (part.hint() == null ? "" : " HINT: " + part.hint()),
                        600)));
        if (bad.size() > most) {
            details.add("... and " + (bad.size() - most) + " more");
        }
        changes(report, most, details);
        return details;
    }

    private static void changes(Report report, int most, List<String> details) {
        var lines = new ArrayList<String>();
        var all = 0;
        for (var part : report.changed()) {
            var changes = Objects.requireNonNull(part.changes());
            changes.lines().forEach(line -> lines.add("CHANGED " + part.part() + ": " + line));
            if (changes.unknown() != null) {
                lines.add("CHANGED? " + part.part() + " could not be compared: " + changes.unknown());
            }
            all += changes.count() + (changes.unknown() == null ? 0 : 1);
        }
        lines.stream().limit(most).forEach(line -> details.add(Texts.shorten(line, 600)));
        if (all > Math.min(most, lines.size())) {
            details.add("... and " + (all - Math.min(most, lines.size())) + " more changes");
        }
    }

    private static String card(String title, String line, Map<String, String> facts, List<String> details) {
        var message = JsonNodeFactory.instance.objectNode();
        message.put("type", "message");
        var attachment = message.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive").putNull("contentUrl");
        var content = attachment.putObject("content");
        content.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        content.put("fallbackText", title + ": " + line);
        content.putObject("msteams").put("width", "Full");
        var body = content.putArray("body");
        text(body.addObject(), title).put("weight", "Bolder").put("size", "Large");
        text(body.addObject(), line).put("weight", "Bolder");
        if (!facts.isEmpty()) {
            var set = body.addObject().put("type", "FactSet").putArray("facts");
            facts.forEach((name, value) -> set.addObject().put("title", name).put("value", Texts.markdown(value)));
        }
        details.forEach(detail -> text(body.addObject(), detail));
        return Json.line(message);
    }

    private static ObjectNode text(ObjectNode block, String text) {
        return block.put("type", "TextBlock").put("text", Texts.markdown(text)).put("wrap", true);
    }
}

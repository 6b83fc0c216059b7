// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A summary for a terminal or a plain e-mail: the promise first, every part, and last the sum that has to be right. */
public final class ConsoleReport {
    private ConsoleReport() {}

    /** Ends with a line break. */
    public static String text(Report report) {
        return text(SummaryJson.of(report));
    }

    /**
     * The text of a summary (config/schema/summary.json), wherever it comes from.
     *
     * @return ends with a line break
     */
    public static String text(JsonNode summary) {
        var text = new StringBuilder();
        text.append(summary.path("line").asText()).append("\n\n");
        text.append(summary.path("verdict").asText())
                .append("  ")
                .append(summary.path("kind").asText())
                .append(' ');
        text.append(summary.path("plan").asText())
                .append(" of ")
                .append(summary.path("site").asText());
        text.append(", run ").append(summary.path("run").asText());
        text.append(", ").append(took(summary)).append('\n');
        text.append(set(summary)).append('\n');
        if (summary.path("failure").isTextual()) {
            text.append("ERROR: ").append(summary.path("failure").asText()).append('\n');
        }
        summary.path("notes")
                .forEach(note -> text.append("NOTE: ").append(note.asText()).append('\n'));
        if (!summary.path("parts").isEmpty()) {
            text.append('\n').append(table(summary.path("parts"))).append('\n');
        }
        problems(summary.path("parts")).forEach(text::append);
        changed(summary.path("parts")).forEach(text::append);
        left(summary.path("parts")).forEach(text::append);
        return text.append(account(summary))
                .append(", exit ")
                .append(summary.path("exit").asInt())
                .append('\n')
                .toString();
    }

    private static String set(JsonNode summary) {
        var set = summary.path("set").asText("");
        if (!set.isEmpty() && !set.equals("null")) {
            return "set " + set;
        }
        return summary.path("kind").asText().equals("backup")
                ? "no set was published"
                : "each part from a set of its own";
    }

    private static String account(JsonNode summary) {
        return summary.path("expected").asInt() + " expected = "
                + summary.path("ok").asInt() + " ok + "
                + summary.path("warning").asInt() + " warning + "
                + summary.path("failed").asInt() + " failed + "
                + summary.path("excused").asInt() + " excused";
    }

    private static String table(JsonNode parts) {
        var table = new Table("OUTCOME", "PART", "DISPOSITION", "METHOD", "VERDICT", "SIZE", "TOOK", "WHY");
        for (var part : parts) {
            var captured = List.of("required", "recommended", "optional")
                    .contains(part.path("disposition").asText());
            table.row(
                    part.path("outcome").isNull() ? "-" : part.path("outcome").asText(),
                    part.path("part").asText(),
                    part.path("disposition").asText(),
                    captured ? part.path("method").asText() : "",
                    verdict(part),
                    Texts.size(part.path("bytes").asLong()),
                    took(part),
                    captured
                            ? elsewhere(part)
                            : Texts.shorten(part.path("reason").asText(), 70));
        }
        return table.text();
    }

    /** Nobody should take a part for safe in the vault that another product keeps. */
    private static String elsewhere(JsonNode part) {
        return switch (part.path("method").asText()) {
            case "observed" -> "another product has it, the vault no copy";
            case "wbadmin", "system-state" -> "Windows Server Backup has it, the vault no copy";
            case "ifm" -> "installs a domain controller, is no restorable backup";
            case "snapshot" -> "to look into while it lives, is no backup";
            default -> "";
        };
    }

    private static String verdict(JsonNode part) {
        var verdict = part.path("verdict").asText();
        return verdict.equals("UNCHECKED")
                ? ""
                : verdict
                        + (part.path("depth").isTextual()
                                ? " " + part.path("depth").asText()
                                : "");
    }

    /** What somebody should look at, worst first. */
    private static List<String> problems(JsonNode parts) {
        var bad = new ArrayList<JsonNode>();
        parts.forEach(part -> {
            if (List.of("FAILED", "WARNING").contains(part.path("outcome").asText())) {
                bad.add(part);
            }
        });
        bad.sort(Comparator.comparing(part -> part.path("outcome").asText()));
        return bad.stream()
                .map(part -> part.path("outcome").asText() + ' '
                        + part.path("part").asText() + ": " + part.path("cause").asText("") + '\n'
                        + (part.path("hint").isTextual()
                                ? "  HINT: " + part.path("hint").asText() + '\n'
                                : ""))
                .toList();
    }

    /** What is another now than in the set before, part by part. */
    private static List<String> changed(JsonNode parts) {
        var changed = new ArrayList<String>();
        parts.forEach(part -> {
            var changes = part.path("changes");
            if (changes.path("unknown").isTextual()) {
                changed.add("CHANGED? " + part.path("part").asText() + " could not be compared with set "
                        + changes.path("since").asText() + ": "
                        + changes.path("unknown").asText() + '\n');
            } else if (changes.path("count").asInt() > 0) {
                changed.add("CHANGED " + part.path("part").asText() + " since set "
                        + changes.path("since").asText() + '\n');
                changes.path("lines").forEach(line -> changed.add("  " + line.asText() + '\n'));
                var more = changes.path("count").asInt() - changes.path("lines").size();
                changed.add(more > 0 ? "  ... and " + more + " more\n" : "");
            }
        });
        return changed;
    }

    /** Where a restore, or a drill that was to keep it, left each part. */
    private static List<String> left(JsonNode parts) {
        var left = new ArrayList<String>();
        parts.forEach(part -> {
            if (part.path("where").isTextual()) {
                left.add("RESTORED " + part.path("part").asText() + " to "
                        + part.path("where").asText() + '\n');
            }
        });
        return left;
    }

    private static String took(JsonNode node) {
        return Texts.took(instant(node.path("started")), instant(node.path("finished")));
    }

    private static @Nullable Instant instant(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.asText()) : null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import java.util.Locale;

/** The demonstration's end for people: what can be restored, every part with its disposition, and what the comparison found. */
final class DemoReport {
    private DemoReport() {}

    static String text(DemoResult result) {
        var text = new StringBuilder();
        text.append('\n').append(result.line()).append("\n\n");
        var format = "%-8s %-42s %-12s %-17s %-10s %s%n";
        text.append(String.format(Locale.ROOT, format, "OUTCOME", "PART", "DISPOSITION", "VERDICT", "COMPARED", "WHY"));
        for (var part : result.parts()) {
            var compared = result.compared().get(part.path("part").asText());
            var captured = part.path("bytes").asLong() > 0;
            var why = part.path("cause").isTextual()
                    ? part.path("cause").asText()
                    : captured ? "" : part.path("reason").asText();
            text.append(String.format(
                                    Locale.ROOT,
                                    format,
                                    part.path("outcome").isNull()
                                            ? "-"
                                            : part.path("outcome").asText(),
                                    part.path("part").asText(),
                                    part.path("disposition").asText(),
                                    part.path("depth").isTextual()
                                            ? part.path("verdict").asText() + " "
                                                    + part.path("depth").asText()
                                            : "",
                                    compared == null ? "" : compared == 0 ? "equal" : compared + " differ",
                                    why)
                            .stripTrailing())
                    .append('\n');
        }
        text.append('\n');
        result.changes()
                .forEach(change -> text.append("CHANGED   ")
                        .append(change.part())
                        .append(' ')
                        .append(change.place())
                        .append('\n'));
        result.differences()
                .forEach(difference -> text.append("DIFFERENT ")
                        .append(difference.part())
                        .append(' ')
                        .append(difference.place())
                        .append(": live ")
                        .append(difference.live())
                        .append(", restored ")
                        .append(difference.restored())
                        .append('\n'));
        result.notes().stream()
                .filter(note -> !note.isBlank())
                .forEach(note -> text.append("NOTE      ").append(note.strip()).append('\n'));
        var summary = result.backup();
        text.append(summary.path("expected").asInt())
                .append(" expected = ")
                .append(summary.path("ok").asInt())
                .append(" ok + ")
                .append(summary.path("warning").asInt())
                .append(" warning + ")
                .append(summary.path("failed").asInt())
                .append(" failed + ")
                .append(summary.path("excused").asInt())
                .append(" excused; told by ")
                .append(result.mails())
                .append(" e-mails and ")
                .append(result.cards())
                .append(" Teams cards; exit ")
                .append(result.exit())
                .append('\n');
        return text.toString();
    }
}

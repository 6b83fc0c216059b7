// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The measurement for people, as tables in Markdown.
 *
 * @param contenders titles with version and options, in the order of the columns
 */
record SharesReport(Map<String, String> contenders, List<Round> rounds) {
    String text() {
        var text = new StringBuilder();
        contenders.forEach((title, version) ->
                text.append("- ").append(title).append(": ").append(version).append('\n'));
        text.append("\nSeconds, median (least to most) of ")
                .append(rounds.size())
                .append(" rounds:\n\n");
        table(text, Measured::seconds, SharesReport::seconds);
        text.append("\nMost memory resident, MB, median:\n\n");
        table(text, Measured::megabytes, figures -> String.format(Locale.ROOT, "%.0f", figures.median()));
        text.append("\nPoolkeeper's time divided by the peer's, round by round, median (least to most):\n\n");
        budgets(text);
        return text.toString();
    }

    private void table(StringBuilder text, ToDoubleFunction<Measured> figure, Function<Figures, String> written) {
        row(text, "", List.copyOf(contenders.keySet()));
        rule(text, contenders.size());
        for (var task : Task.values()) {
            row(
                    text,
                    task.title(),
                    contenders.keySet().stream()
                            .map(title -> Figures.of(rounds, task, title, figure)
                                    .map(written)
                                    .orElse(""))
                            .toList());
        }
    }

    private void budgets(StringBuilder text) {
        row(text, "", List.of("beside", "ratio", "budget", ""));
        rule(text, 4);
        for (var budget : Budget.OF_SHARES) {
            Figures.ofRatios(
                            rounds,
                            budget.task(),
                            "poolkeeper",
                            budget.other(),
                            budget.peer().title())
                    .ifPresent(ratio -> row(
                            text,
                            budget.task().title(),
                            List.of(
                                    budget.peer().title(),
                                    seconds(ratio),
                                    String.format(Locale.ROOT, "%.2f", budget.most()),
                                    ratio.median() <= budget.most() ? "kept" : "MISSED")));
        }
    }

    private static String seconds(Figures figures) {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", figures.median(), figures.least(), figures.most());
    }

    private static void row(StringBuilder text, String first, List<String> cells) {
        text.append("| ")
                .append(first)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }

    private static void rule(StringBuilder text, int columns) {
        text.append("|---|").append("---:|".repeat(columns)).append('\n');
    }
}

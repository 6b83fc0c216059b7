// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The measurement for people, as tables in Markdown.
 *
 * @param versions of the product and of ldapsearch
 * @param paging what is known of the pages that were asked for
 * @param smaller the same of a directory of a tenth; null if there is none
 */
record DirectoryReport(
        List<String> versions,
        String paging,
        List<DirectoryRound> rounds,
        @Nullable DirectoryRound smaller) {
    /** The product's entries a second divided by ldapsearch's, at least. */
    static final double BUDGET = 0.9;

    String text() {
        var text = new StringBuilder();
        versions.forEach(version -> text.append("- ").append(version).append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "%n%,d entries, the same values in both exports; %s. Median (least to most) of %d rounds:%n%n",
                rounds.get(0).entries(),
                paging,
                rounds.size()));
        row(text, "", "Poolkeeper", "ldapsearch");
        text.append("|---|---:|---:|\n");
        row(
                text,
                "export, entries/s",
                figures("%.0f", round -> round.entries() / round.export()),
                figures("%.0f", round -> round.entries() / round.peer().seconds()));
        row(
                text,
                "export, s",
                figures("%.2f", DirectoryRound::export),
                figures("%.2f", round -> round.peer().seconds()));
        row(
                text,
                "export in a running coordinator, its third, s",
                figures("%.2f", DirectoryRound::running),
                figures("%.2f", round -> round.runningPeer().seconds()));
        row(text, "counted afterwards, s", figures("%.2f", DirectoryRound::count), "");
        row(text, "whole process, s", figures("%.2f", round -> round.whole().seconds()), "");
        row(
                text,
                "most memory resident, MB",
                figures("%.0f", round -> round.whole().megabytes()),
                figures("%.0f", round -> round.peer().megabytes()));
        if (smaller != null) {
            row(
                    text,
                    String.format(Locale.ROOT, "the same with %,d entries, MB", smaller.entries()),
                    String.format(Locale.ROOT, "%.0f", smaller.whole().megabytes()),
                    String.format(Locale.ROOT, "%.0f", smaller.peer().megabytes()));
        }
        var kept = median(DirectoryRound::ratio).median() >= BUDGET;
        text.append(String.format(
                Locale.ROOT,
                "%nEntries a second beside ldapsearch, round by round: %s, budget at least %.2f: %s%n",
                figures("%.2f", DirectoryRound::ratio),
                BUDGET,
                kept ? "kept" : "MISSED"));
        text.append(String.format(
                Locale.ROOT,
                "The same of a running coordinator: %s: %s%n",
                figures("%.2f", DirectoryRound::runningRatio),
                median(DirectoryRound::runningRatio).median() >= BUDGET ? "kept" : "MISSED"));
        return text.toString();
    }

    private Figures median(ToDoubleFunction<DirectoryRound> figure) {
        return Figures.of(rounds.stream().mapToDouble(figure).toArray()).orElseThrow();
    }

    private String figures(String format, ToDoubleFunction<DirectoryRound> figure) {
        var all = median(figure);
        return String.format(
                Locale.ROOT, format + " (" + format + " to " + format + ")", all.median(), all.least(), all.most());
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}

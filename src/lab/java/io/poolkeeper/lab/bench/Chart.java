// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The medians as bars, one group for each task, in an SVG file that light and dark pages can show. */
final class Chart {
    private static final int BAR = 18;
    private static final int GAP = 26;
    private static final int LEFT = 230;
    private static final int WIDTH = 520;

    private final StringBuilder svg = new StringBuilder();
    private int y = GAP;

    private Chart() {}

    private record Bar(String title, double seconds) {}

    /** Draws it. */
    static String of(List<String> contenders, List<Round> rounds) {
        var chart = new Chart();
        for (var task : Task.values()) {
            var bars = new ArrayList<Bar>();
            for (var title : contenders) {
                Figures.of(rounds, task, title, Measured::seconds)
                        .ifPresent(figures -> bars.add(new Bar(title, figures.median())));
            }
            chart.group(task, bars);
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <title>Seconds, whole process, median</title>
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """.formatted(LEFT + WIDTH + 90, chart.y, chart.svg);
    }

    /** Bars of a group are as long as they are beside the longest of the same group. */
    private void group(Task task, List<Bar> bars) {
        var longest = bars.stream().mapToDouble(Bar::seconds).max().orElse(1);
        for (var i = 0; i < bars.size(); i++) {
            var bar = bars.get(i);
            var length = Math.max(1, bar.seconds() / longest * WIDTH);
            if (i == 0) {
                text(10, task.title(), "start", "#222");
            }
            text(LEFT - 8, bar.title(), "end", "#222");
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    LEFT,
                    y,
                    length,
                    BAR - 3,
                    i == 0 ? "#1f6feb" : "#9aa4b2"));
            text((int) (LEFT + length + 6), String.format(Locale.ROOT, "%.2f s", bar.seconds()), "start", "#222");
            y += BAR;
        }
        y += GAP;
    }

    private void text(int x, String words, String anchor, String fill) {
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n"
                .formatted(x, y + BAR - 6, anchor, fill, words));
    }
}

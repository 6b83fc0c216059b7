// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import java.util.ArrayList;
import java.util.List;

/** A table of text with aligned columns. */
public final class Table {
    private final List<String[]> rows = new ArrayList<>();

    /** A table with a head. */
    public Table(String... head) {
        rows.add(head);
    }

    /** Adds a row with as many cells as the head. */
    public Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    /** Each line ends with a line break and has no blanks before it. */
    public String text() {
        var widths = new int[rows.get(0).length];
        for (var row : rows) {
            for (var i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}

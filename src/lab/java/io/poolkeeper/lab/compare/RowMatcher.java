// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds which rows of one table differ. Rows that are the same on both sides are struck out; what is left is paired by likeness, so
 * that a changed row is one difference and not two.
 */
final class RowMatcher {
    private final String part;
    private final String table;

    RowMatcher(String part, String table) {
        this.part = part;
        this.table = table;
    }

    List<Difference> match(Rows live, Rows restored) {
        if (!live.columns().equals(restored.columns())) {
            return List.of(new Difference(
                    part,
                    table + " columns",
                    live.columns().toString(),
                    restored.columns().toString()));
        }
        var onlyLive = without(live.rows(), restored.rows());
        var onlyRestored = without(restored.rows(), live.rows());
        var differences = new ArrayList<Difference>();
        for (var row : onlyLive) {
            var twin = mostAlike(row, onlyRestored);
            if (twin == null) {
                differences.add(new Difference(part, place(live, row), row.toString(), Difference.ABSENT));
            } else {
                onlyRestored.remove(twin);
                differences.add(changed(live, row, twin));
            }
        }
        for (var row : onlyRestored) {
            differences.add(new Difference(part, place(live, row), Difference.ABSENT, row.toString()));
        }
        return differences;
    }

    private static List<List<String>> without(List<List<String>> rows, List<List<String>> others) {
        var counts = new HashMap<List<String>, Integer>();
        for (var other : others) {
            counts.merge(other, 1, Integer::sum);
        }
        var left = new ArrayList<List<String>>();
        for (var row : rows) {
            if (counts.merge(row, -1, Integer::sum) < 0) {
                left.add(row);
            }
        }
        return left;
    }

    /** A row with the same first value, which is most often the key; else one that has more than half in common. */
    private static @Nullable List<String> mostAlike(List<String> row, List<List<String>> others) {
        List<String> best = null;
        var most = row.size() / 2;
        for (var other : others) {
            var alike = other.get(0).equals(row.get(0))
                    ? row.size() + 1
                    : row.size() - differing(row, other).size();
            if (alike > most) {
                best = other;
                most = alike;
            }
        }
        return best;
    }

    private static List<Integer> differing(List<String> row, List<String> other) {
        return IntStream.range(0, row.size())
                .filter(i -> !row.get(i).equals(other.get(i)))
                .boxed()
                .toList();
    }

    private Difference changed(Rows rows, List<String> live, List<String> restored) {
        var columns = differing(live, restored);
        if (columns.size() == 1) {
            var column = columns.get(0);
            return new Difference(
                    part, place(rows, live) + "." + rows.columns().get(column), live.get(column), restored.get(column));
        }
        return new Difference(part, place(rows, live), values(rows, live, columns), values(rows, restored, columns));
    }

    private static String values(Rows rows, List<String> row, List<Integer> columns) {
        return columns.stream()
                .map(column -> rows.columns().get(column) + "=" + row.get(column))
                .collect(Collectors.joining(", "));
    }

    private String place(Rows rows, List<String> row) {
        return "%s[%s=%s]".formatted(table, rows.columns().get(0), row.get(0));
    }
}

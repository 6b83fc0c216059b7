// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Fills a database up to the number of rows that the scale asks for. */
final class Fill {
    private Fill() {}

    /**
     * Adds one table that takes the rows which the others left.
     *
     * @param rows that the database shall have; if the other tables have more already, the last one is empty
     */
    static List<Table> upTo(int rows, List<Table> fixed, IntFunction<Table> last) {
        var taken = fixed.stream().mapToInt(table -> table.rows().size()).sum();
        var tables = new ArrayList<>(fixed);
        tables.add(last.apply(Math.max(0, rows - taken)));
        return List.copyOf(tables);
    }
}

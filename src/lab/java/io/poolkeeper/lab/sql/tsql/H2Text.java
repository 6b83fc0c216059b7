// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The text of a statement for H2 while it grows, and the values that go with it. */
final class H2Text {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();
    private final Set<Integer> variants = new TreeSet<>();

    void add(String word) {
        if (!word.isEmpty()) {
            sql.append(word).append(' ');
        }
    }

    void bind(String word, Object value) {
        add(word);
        values.add(value);
    }

    void variant(int column) {
        variants.add(column);
    }

    Rewritten finish(String database) {
        return new Rewritten(sql.toString().strip(), values, database, variants);
    }

    /** A constant: a text in quotes, a number as it is, NULL with a type that H2 can work with. */
    static String literal(Object value) {
        if (value == null) {
            return "CAST(NULL AS VARCHAR)";
        }
        return value instanceof Number
                ? value.toString()
                : "'" + value.toString().replace("'", "''") + "'";
    }

    /** A name in double quotes. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}

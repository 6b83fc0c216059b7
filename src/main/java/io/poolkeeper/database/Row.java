// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One row of an answer: column labels, in any case, to what a person would read; bits are 0 and 1. */
final class Row {
    private final Map<String, @Nullable String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** A row of column labels and values; null is NULL. */
    Row(Map<String, @Nullable String> values) {
        this.values.putAll(values);
    }

    /** A value; empty if it is NULL. */
    String text(String column) throws SQLException {
        var value = value(column);
        return value == null ? "" : value;
    }

    boolean isNull(String column) throws SQLException {
        return value(column) == null;
    }

    private @Nullable String value(String column) throws SQLException {
        if (!values.containsKey(column)) {
            throw new SQLException("the answer has no column " + column + ", but " + values.keySet());
        }
        return values.get(column);
    }

    /** A whole number; 0 if it is NULL. */
    long number(String column) throws SQLException {
        var text = text(column).strip();
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new SQLException("column " + column + " holds no number: " + text, e);
        }
    }

    /** Whether a bit is set; NULL is not. */
    boolean flag(String column) throws SQLException {
        return number(column) != 0;
    }

    /** A date and time without zone, as the server's clock shows it. */
    LocalDateTime time(String column) throws SQLException {
        return Times.read(text(column));
    }

    /** All of it, for those who read rows of the routes' jdbc endpoints. */
    Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        values.forEach((column, value) -> {
            if (value != null) {
                map.put(column, value);
            }
        });
        return map;
    }
}

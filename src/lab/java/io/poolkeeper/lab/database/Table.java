// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One table of schema dbo with its rows.
 *
 * @param name without the schema
 * @param columns name and T-SQL type of each, such as {@code UserSid varbinary(85) null}; the first is the primary key
 * @param rows one value for each column; {@code null} is NULL
 */
public record Table(String name, List<String> columns, List<@Nullable Object[]> rows) {
    /** A table with one row for each item. */
    static <T> Table of(String name, List<String> columns, List<T> items, Function<T, @Nullable Object[]> row) {
        return new Table(name, columns, items.stream().map(row).toList());
    }

    /** A table with rows that are numbered from 1. */
    static Table numbered(String name, List<String> columns, int count, Function<Integer, @Nullable Object[]> row) {
        return of(name, columns, IntStream.rangeClosed(1, count).boxed().toList(), row);
    }

    /** A row; a way to write a list of values of mixed types. */
    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    /** The statement that makes the table. */
    public String ddl() {
        return columns.stream()
                .map(column -> column.endsWith(" null") ? column : column + " not null")
                .collect(Collectors.joining(", ", "CREATE TABLE dbo." + name + " (", ", PRIMARY KEY (" + key() + "))"));
    }

    /** The statement that adds one row. */
    public String insert() {
        return columns.stream()
                .map(column -> "?")
                .collect(Collectors.joining(",", "INSERT INTO dbo." + name + " VALUES (", ")"));
    }

    private String key() {
        return columns.get(0).substring(0, columns.get(0).indexOf(' '));
    }
}

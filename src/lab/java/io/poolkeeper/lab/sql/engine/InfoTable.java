// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Column;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Results;
import io.poolkeeper.lab.sql.session.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Rows about things of one kind: each column has a name, a type, and a way to get its value out of a thing. */
public final class InfoTable<T> {
    private final List<Column> columns = new ArrayList<>();
    private final List<Function<T, ?>> values = new ArrayList<>();

    /** Adds a column behind the others. */
    public InfoTable<T> add(String name, SqlType type, Function<T, ?> value) {
        columns.add(new Column(name, type));
        values.add(value);
        return this;
    }

    List<Column> columns() {
        return columns;
    }

    List<Object> row(T thing) {
        var row = new ArrayList<>();
        values.forEach(value -> row.add(value.apply(thing)));
        return row;
    }

    /** Answers a statement with one row for each thing. */
    public void send(List<T> things, Results results) {
        results.columns(columns);
        things.forEach(thing -> results.row(row(thing)));
        results.done(Completion.of(Completion.Command.SELECT, things.size()));
    }
}

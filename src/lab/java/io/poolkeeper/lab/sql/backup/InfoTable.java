// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.session.Column;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Results;
import io.poolkeeper.lab.sql.session.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A result whose columns are made of things of one kind, one row for each. */
final class InfoTable<T> {
    private final List<Column> columns = new ArrayList<>();
    private final List<Function<T, ?>> values = new ArrayList<>();

    InfoTable<T> add(String name, SqlType type, Function<T, ?> value) {
        columns.add(new Column(name, type));
        values.add(value);
        return this;
    }

    void send(List<T> things, Results results) {
        results.columns(columns);
        for (var thing : things) {
            var row = new ArrayList<Object>();
            values.forEach(value -> row.add(value.apply(thing)));
            results.row(row);
        }
        results.done(Completion.of(Completion.Command.SELECT, things.size()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One view of schema {@code sys}, whose rows are made when it is read.
 *
 * @param name without the schema
 * @param table its columns, as SQL Server documents them, as far as the lab has them
 * @param source finds what the rows are about
 */
record SystemView<T>(String name, InfoTable<T> table, Source<T> source) {
    /** Finds what the rows of a view in one database are about. */
    interface Source<T> {
        List<T> things(Database database, Connection connection) throws SQLException;
    }

    List<Column> columns() {
        return table.columns();
    }

    List<List<Object>> rows(Database database, Connection connection) throws SQLException {
        var rows = new ArrayList<List<Object>>();
        for (var thing : source.things(database, connection)) {
            rows.add(table.row(thing));
        }
        return rows;
    }
}

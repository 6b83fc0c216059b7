// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One view of schema {@code sys}, whose rows are made when it is read.
 *
 * @param name without the schema
 * @param columns as SQL Server documents them, as far as the lab has them
 * @param source makes the rows
 */
record SystemView(String name, List<Column> columns, Source source) {
    /** Makes the rows of a view of one database. */
    interface Source {
        List<List<?>> rows(Database database, Connection connection) throws SQLException;
    }

    List<List<?>> rows(Database database, Connection connection) throws SQLException {
        return source.rows(database, connection);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows per table as the catalog views know them (sys.partitions; heap or clustered index). They travel inside a backup, so
 * the restored database must show them again; DBCC CHECKDB reports counts that do not fit the pages (2508).
 */
final class RowCounts {
    static final String QUESTION = "SELECT s.name AS schema_name, t.name AS table_name, SUM(p.rows) AS row_count"
            + " FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id"
            + " JOIN sys.partitions AS p ON p.object_id = t.object_id AND p.index_id IN (0, 1)"
            + " GROUP BY s.name, t.name ORDER BY s.name, t.name";

    private RowCounts() {}

    /** {@code schema.table} to rows, of a database. */
    static Map<String, Long> of(Statements statements, String database) throws SQLException {
        var counts = new TreeMap<String, Long>();
        for (var row : statements.askIn(database, QUESTION)) {
            counts.put(row.text("schema_name") + "." + row.text("table_name"), row.number("row_count"));
        }
        return counts;
    }
}

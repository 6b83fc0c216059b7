// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares two databases row by row over plain JDBC: all tables of users, all columns, by value and not by what a driver makes of
 * it. The order of rows does not matter.
 */
public final class RowComparison {
    private static final String TABLES = "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
            + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'sys')";

    private RowComparison() {}

    /** The differences between two open connections, each in the database that is meant. */
    public static List<Difference> compare(String part, Connection live, Connection restored) throws SQLException {
        var liveTables = tables(live);
        var restoredTables = tables(restored);
        var all = new TreeSet<>(liveTables);
        all.addAll(restoredTables);
        var differences = new ArrayList<Difference>();
        for (var table : all) {
            if (!liveTables.contains(table) || !restoredTables.contains(table)) {
                differences.add(new Difference(
                        part, table, presence(liveTables.contains(table)), presence(restoredTables.contains(table))));
            } else {
                differences.addAll(
                        new RowMatcher(part, table).match(Rows.read(live, table), Rows.read(restored, table)));
            }
        }
        return differences;
    }

    private static String presence(boolean present) {
        return present ? "table" : Difference.ABSENT;
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        try (var statement = connection.createStatement();
                var tables = statement.executeQuery(TABLES)) {
            while (tables.next()) {
                names.add(tables.getString(1) + "." + tables.getString(2));
            }
        }
        return names;
    }
}

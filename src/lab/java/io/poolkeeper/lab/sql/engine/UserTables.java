// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables and views that users made in a database: all but those of the lab and of H2. */
public final class UserTables {
    private static final Set<String> NOT_THEIRS = Set.of("sys", "PUBLIC", "INFORMATION_SCHEMA", "pg_catalog");

    /**
     * One table or view.
     *
     * @param schema its schema, mostly {@code dbo}
     * @param name its name
     * @param isView whether it is a view
     */
    public record Table(String schema, String name, boolean isView) {
        /** For H2. */
        public String quoted() {
            return H2Functions.quoted(schema) + "." + H2Functions.quoted(name);
        }

        /** A number that stays the same as long as the name does. */
        int objectId() {
            return (schema + "." + name).hashCode() & 0x7FFFFFFF;
        }
    }

    private UserTables() {}

    /** Tables and views in the order of their names. */
    public static List<Table> of(Connection connection) throws SQLException {
        var sql = "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES ORDER BY 1, 2";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var tables = new ArrayList<Table>();
            while (rows.next()) {
                if (!NOT_THEIRS.contains(rows.getString(1))) {
                    tables.add(new Table(rows.getString(1), rows.getString(2), "VIEW".equals(rows.getString(3))));
                }
            }
            return tables;
        }
    }

    /** Tables alone. */
    public static List<Table> baseTables(Connection connection) throws SQLException {
        return of(connection).stream().filter(table -> !table.isView()).toList();
    }

    /** How many rows a table has. */
    public static long count(Connection connection, Table table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM " + table.quoted())) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The schemas that hold them, {@code dbo} included even while it is empty. */
    public static List<String> schemas(Connection connection) throws SQLException {
        var sql = "SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA ORDER BY 1";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var schemas = new ArrayList<String>();
            while (rows.next()) {
                if (!NOT_THEIRS.contains(rows.getString(1))) {
                    schemas.add(rows.getString(1));
                }
            }
            return schemas;
        }
    }
}

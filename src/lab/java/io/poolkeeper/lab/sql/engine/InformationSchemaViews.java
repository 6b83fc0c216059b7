// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.SYSNAME;
import static io.poolkeeper.lab.sql.session.SqlType.TINYINT;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;
import static io.poolkeeper.lab.sql.session.SqlType.varchar;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** INFORMATION_SCHEMA, which H2 has too, but with H2's names. The views lie in schema sys under these names. */
final class InformationSchemaViews {
    private InformationSchemaViews() {}

    /** Something and the database that it is in. */
    private record In<T>(Database database, T thing) {}

    /** Finds things in a database. */
    private interface Finder<T> {
        List<T> in(Connection connection) throws SQLException;
    }

    static List<SystemView<?>> all() {
        return List.of(tables(), columns(), schemata());
    }

    private static SystemView<In<UserTables.Table>> tables() {
        var table = new InfoTable<In<UserTables.Table>>()
                .add("TABLE_CATALOG", nvarchar(128), t -> t.database().name())
                .add("TABLE_SCHEMA", SYSNAME, t -> t.thing().schema())
                .add("TABLE_NAME", SYSNAME, t -> t.thing().name())
                .add("TABLE_TYPE", varchar(10), t -> t.thing().isView() ? "VIEW" : "BASE TABLE");
        return view("TABLES", table, UserTables::of);
    }

    private static SystemView<In<UserColumns.UserColumn>> columns() {
        var table = new InfoTable<In<UserColumns.UserColumn>>()
                .add("TABLE_CATALOG", nvarchar(128), c -> c.database().name())
                .add("TABLE_SCHEMA", SYSNAME, c -> c.thing().table().schema())
                .add("TABLE_NAME", SYSNAME, c -> c.thing().table().name())
                .add("COLUMN_NAME", SYSNAME, c -> c.thing().name())
                .add("ORDINAL_POSITION", INT, c -> c.thing().position())
                .add("IS_NULLABLE", varchar(3), c -> c.thing().nullable() ? "YES" : "NO")
                .add(
                        "DATA_TYPE",
                        nvarchar(128),
                        c -> TypeIds.name(c.thing().type().kind()))
                .add(
                        "CHARACTER_MAXIMUM_LENGTH",
                        INT,
                        c -> orNull(c.thing().type().length()))
                .add("NUMERIC_PRECISION", TINYINT, c -> orNull(c.thing().type().precision()))
                .add("NUMERIC_SCALE", INT, c -> scale(c.thing()));
        return view("COLUMNS", table, UserColumns::of);
    }

    private static SystemView<In<String>> schemata() {
        var table = new InfoTable<In<String>>()
                .add("CATALOG_NAME", SYSNAME, s -> s.database().name())
                .add("SCHEMA_NAME", SYSNAME, In::thing)
                .add("SCHEMA_OWNER", SYSNAME, s -> "dbo");
        return view("SCHEMATA", table, UserTables::schemas);
    }

    private static <T> SystemView<In<T>> view(String name, InfoTable<In<T>> table, Finder<T> finder) {
        return new SystemView<>("INFORMATION_SCHEMA_" + name, table, (database, connection) -> {
            var all = new ArrayList<In<T>>();
            finder.in(connection).forEach(thing -> all.add(new In<>(database, thing)));
            return all;
        });
    }

    private static Integer orNull(int value) {
        return value == 0 ? null : value;
    }

    private static Integer scale(UserColumns.UserColumn column) {
        return column.type().precision() == 0 ? null : column.type().scale();
    }
}

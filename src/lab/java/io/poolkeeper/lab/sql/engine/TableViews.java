// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import static io.poolkeeper.lab.sql.session.SqlType.BIT;
import static io.poolkeeper.lab.sql.session.SqlType.DATETIME;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.SMALLINT;
import static io.poolkeeper.lab.sql.session.SqlType.SYSNAME;
import static io.poolkeeper.lab.sql.session.SqlType.TINYINT;
import static io.poolkeeper.lab.sql.session.SqlType.character;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;

import io.poolkeeper.lab.sql.session.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The system views about the schemas, tables and columns of one database. */
final class TableViews {
    private static final int DBO = 1;
    private static final int SYS = 4;

    private TableViews() {}

    /** A table and when its database was made: H2 does not tell when the table was. */
    private record Dated(UserTables.Table table, Database database) {
        String date() {
            return ServerViews.text(database.createDate());
        }
    }

    static List<SystemView<?>> all() {
        return List.of(objects("objects", true), objects("tables", false), columns(), types(), schemas());
    }

    private static SystemView<Dated> objects(String name, boolean withViews) {
        var table = new InfoTable<Dated>()
                .add("name", SYSNAME, t -> t.table().name())
                .add("object_id", INT, t -> t.table().objectId())
                .add("principal_id", INT, t -> null)
                .add("schema_id", INT, t -> schemaId(t.table().schema()))
                .add("parent_object_id", INT, t -> 0)
                .add("type", character(2), t -> t.table().isView() ? "V " : "U ")
                .add("type_desc", nvarchar(60), t -> t.table().isView() ? "VIEW" : "USER_TABLE")
                .add("create_date", DATETIME, Dated::date)
                .add("modify_date", DATETIME, Dated::date)
                .add("is_ms_shipped", BIT, t -> false);
        return new SystemView<>(
                name,
                table,
                (database, connection) -> UserTables.of(connection).stream()
                        .filter(t -> withViews || !t.isView())
                        .map(t -> new Dated(t, database))
                        .toList());
    }

    private static SystemView<UserColumns.UserColumn> columns() {
        var table = new InfoTable<UserColumns.UserColumn>()
                .add("object_id", INT, c -> c.table().objectId())
                .add("name", SYSNAME, UserColumns.UserColumn::name)
                .add("column_id", INT, UserColumns.UserColumn::position)
                .add("system_type_id", TINYINT, c -> TypeIds.of(c.type().kind()))
                .add("user_type_id", INT, c -> TypeIds.of(c.type().kind()))
                .add("max_length", SMALLINT, UserColumns.UserColumn::maxLength)
                .add("precision", TINYINT, c -> c.type().precision())
                .add("scale", TINYINT, c -> c.type().scale())
                .add("is_nullable", BIT, UserColumns.UserColumn::nullable)
                .add("is_identity", BIT, UserColumns.UserColumn::identity);
        return new SystemView<>("columns", table, (database, connection) -> UserColumns.of(connection));
    }

    private static SystemView<SqlType.Kind> types() {
        var table = new InfoTable<SqlType.Kind>()
                .add("name", SYSNAME, TypeIds::name)
                .add("system_type_id", TINYINT, TypeIds::of)
                .add("user_type_id", INT, TypeIds::of)
                .add("schema_id", INT, kind -> SYS);
        return new SystemView<>("types", table, (database, connection) -> List.of(SqlType.Kind.values()));
    }

    private static SystemView<String> schemas() {
        var table = new InfoTable<String>()
                .add("name", SYSNAME, schema -> schema)
                .add("schema_id", INT, TableViews::schemaId)
                .add("principal_id", INT, schema -> DBO);
        return new SystemView<>("schemas", table, (database, connection) -> {
            var all = new ArrayList<>(UserTables.schemas(connection));
            all.add("INFORMATION_SCHEMA");
            all.add("sys");
            return all;
        });
    }

    private static int schemaId(String schema) {
        return switch (schema) {
            case "dbo" -> DBO;
            case "INFORMATION_SCHEMA" -> 3;
            case "sys" -> SYS;
            default -> 5 + Math.floorMod(schema.hashCode(), 10_000);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import static io.poolkeeper.lab.sql.engine.ServerViews.column;
import static io.poolkeeper.lab.sql.engine.ServerViews.text;
import static io.poolkeeper.lab.sql.session.SqlType.BIGINT;
import static io.poolkeeper.lab.sql.session.SqlType.BIT;
import static io.poolkeeper.lab.sql.session.SqlType.DATETIME;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.SMALLINT;
import static io.poolkeeper.lab.sql.session.SqlType.SYSNAME;
import static io.poolkeeper.lab.sql.session.SqlType.TINYINT;
import static io.poolkeeper.lab.sql.session.SqlType.character;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;
import static io.poolkeeper.lab.sql.session.SqlType.varchar;

import io.poolkeeper.lab.sql.session.SqlType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The system views about the tables of one database. */
final class DatabaseViews {
    private static final int DBO = 1;
    private static final int HEAP_OR_CLUSTERED = 1;

    List<SystemView> all() {
        return List.of(
                objects("objects"),
                objects("tables"),
                columns(),
                types(),
                schemas(),
                partitions(),
                partitionStats(),
                databaseFiles(),
                informationTables(),
                informationColumns(),
                informationSchemata());
    }

    private static SystemView objects(String name) {
        var columns = List.of(
                column("name", SYSNAME),
                column("object_id", INT),
                column("principal_id", INT),
                column("schema_id", INT),
                column("parent_object_id", INT),
                column("type", character(2)),
                column("type_desc", nvarchar(60)),
                column("create_date", DATETIME),
                column("modify_date", DATETIME),
                column("is_ms_shipped", BIT));
        return new SystemView(name, columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var table : UserTables.of(connection)) {
                if (table.isView() && name.equals("tables")) {
                    continue;
                }
                rows.add(Arrays.asList(
                        table.name(),
                        table.objectId(),
                        null,
                        schemaId(table.schema()),
                        0,
                        table.isView() ? "V " : "U ",
                        table.isView() ? "VIEW" : "USER_TABLE",
                        text(database.createDate()),
                        text(database.createDate()),
                        false));
            }
            return rows;
        });
    }

    private static SystemView columns() {
        var columns = List.of(
                column("object_id", INT),
                column("name", SYSNAME),
                column("column_id", INT),
                column("system_type_id", TINYINT),
                column("user_type_id", INT),
                column("max_length", SMALLINT),
                column("precision", TINYINT),
                column("scale", TINYINT),
                column("is_nullable", BIT),
                column("is_identity", BIT));
        return new SystemView("columns", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var c : UserColumns.of(connection)) {
                rows.add(Arrays.asList(
                        c.table().objectId(),
                        c.name(),
                        c.position(),
                        TypeIds.of(c.type().kind()),
                        TypeIds.of(c.type().kind()),
                        c.maxLength(),
                        c.type().precision(),
                        c.type().scale(),
                        c.nullable(),
                        c.identity()));
            }
            return rows;
        });
    }

    private static SystemView types() {
        var columns = List.of(
                column("name", SYSNAME),
                column("system_type_id", TINYINT),
                column("user_type_id", INT),
                column("schema_id", INT));
        return new SystemView("types", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var kind : SqlType.Kind.values()) {
                rows.add(List.of(TypeIds.name(kind), TypeIds.of(kind), TypeIds.of(kind), 4));
            }
            return rows;
        });
    }

    private static SystemView schemas() {
        var columns = List.of(column("name", SYSNAME), column("schema_id", INT), column("principal_id", INT));
        return new SystemView("schemas", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            rows.add(List.of("sys", 4, 4));
            rows.add(List.of("INFORMATION_SCHEMA", 3, 3));
            for (var schema : UserTables.schemas(connection)) {
                rows.add(List.of(schema, schemaId(schema), DBO));
            }
            return rows;
        });
    }

    private static SystemView partitions() {
        var columns = List.of(
                column("partition_id", BIGINT),
                column("object_id", INT),
                column("index_id", INT),
                column("partition_number", INT),
                column("hobt_id", BIGINT),
                column("rows", BIGINT));
        return new SystemView("partitions", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var table : UserTables.baseTables(connection)) {
                var id = (long) table.objectId();
                rows.add(List.of(id, table.objectId(), HEAP_OR_CLUSTERED, 1, id, count(connection, table)));
            }
            return rows;
        });
    }

    private static SystemView partitionStats() {
        var columns = List.of(
                column("partition_id", BIGINT),
                column("object_id", INT),
                column("index_id", INT),
                column("partition_number", INT),
                column("in_row_data_page_count", BIGINT),
                column("used_page_count", BIGINT),
                column("reserved_page_count", BIGINT),
                column("row_count", BIGINT));
        return new SystemView("dm_db_partition_stats", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var table : UserTables.baseTables(connection)) {
                var count = count(connection, table);
                var pages = Database.pagesFor(count);
                var id = (long) table.objectId();
                rows.add(List.of(id, table.objectId(), HEAP_OR_CLUSTERED, 1, pages, pages, pages, count));
            }
            return rows;
        });
    }

    private static SystemView databaseFiles() {
        var columns = List.of(
                column("file_id", INT),
                column("type", TINYINT),
                column("type_desc", nvarchar(60)),
                column("data_space_id", INT),
                column("name", SYSNAME),
                column("physical_name", nvarchar(260)),
                column("state", TINYINT),
                column("state_desc", nvarchar(60)),
                column("size", INT),
                column("max_size", INT),
                column("growth", INT));
        return new SystemView("database_files", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var file : database.files()) {
                rows.add(List.of(
                        file.id(),
                        file.log() ? 1 : 0,
                        file.log() ? "LOG" : "ROWS",
                        file.log() ? 0 : 1,
                        file.logicalName(),
                        file.physicalName(),
                        0,
                        "ONLINE",
                        file.log() ? Database.LOG_PAGES : database.dataPages(),
                        -1,
                        128));
            }
            return rows;
        });
    }

    private static SystemView informationTables() {
        var columns = List.of(
                column("TABLE_CATALOG", nvarchar(128)),
                column("TABLE_SCHEMA", SYSNAME),
                column("TABLE_NAME", SYSNAME),
                column("TABLE_TYPE", varchar(10)));
        return new SystemView("INFORMATION_SCHEMA_TABLES", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var table : UserTables.of(connection)) {
                var type = table.isView() ? "VIEW" : "BASE TABLE";
                rows.add(List.of(database.name(), table.schema(), table.name(), type));
            }
            return rows;
        });
    }

    private static SystemView informationColumns() {
        var columns = List.of(
                column("TABLE_CATALOG", nvarchar(128)),
                column("TABLE_SCHEMA", SYSNAME),
                column("TABLE_NAME", SYSNAME),
                column("COLUMN_NAME", SYSNAME),
                column("ORDINAL_POSITION", INT),
                column("IS_NULLABLE", varchar(3)),
                column("DATA_TYPE", nvarchar(128)),
                column("CHARACTER_MAXIMUM_LENGTH", INT),
                column("NUMERIC_PRECISION", TINYINT),
                column("NUMERIC_SCALE", INT));
        return new SystemView("INFORMATION_SCHEMA_COLUMNS", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var c : UserColumns.of(connection)) {
                rows.add(Arrays.asList(
                        database.name(),
                        c.table().schema(),
                        c.table().name(),
                        c.name(),
                        c.position(),
                        c.nullable() ? "YES" : "NO",
                        TypeIds.name(c.type().kind()),
                        c.type().length() == 0 ? null : c.type().length(),
                        c.type().precision() == 0 ? null : c.type().precision(),
                        c.type().precision() == 0 ? null : c.type().scale()));
            }
            return rows;
        });
    }

    private static SystemView informationSchemata() {
        var columns = List.of(
                column("CATALOG_NAME", SYSNAME), column("SCHEMA_NAME", SYSNAME), column("SCHEMA_OWNER", SYSNAME));
        return new SystemView("INFORMATION_SCHEMA_SCHEMATA", columns, (database, connection) -> {
            var rows = new ArrayList<List<?>>();
            for (var schema : UserTables.schemas(connection)) {
                rows.add(List.of(database.name(), schema, "dbo"));
            }
            return rows;
        });
    }

    static int schemaId(String schema) {
        return schema.equals("dbo") ? DBO : 5 + Math.floorMod(schema.hashCode(), 10_000);
    }

    private static long count(Connection connection, UserTables.Table table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM " + table.quoted())) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

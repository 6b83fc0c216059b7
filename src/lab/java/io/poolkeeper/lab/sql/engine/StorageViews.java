// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import static io.poolkeeper.lab.sql.session.SqlType.BIGINT;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.SYSNAME;
import static io.poolkeeper.lab.sql.session.SqlType.TINYINT;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The system views about how many rows and pages the tables and files of one database have. */
final class StorageViews {
    private static final int HEAP_OR_CLUSTERED = 1;

    private StorageViews() {}

    /** A table and its rows. */
    private record Counted(UserTables.Table table, long rows) {
        long id() {
            return table.objectId();
        }

        long pages() {
            return Database.pagesFor(rows);
        }
    }

    /** A file and the pages that it has. */
    private record Sized(DatabaseFile file, int pages) {}

    static List<SystemView<?>> all() {
        return List.of(partitions(), partitionStats(), databaseFiles());
    }

    private static SystemView<Counted> partitions() {
        var table = new InfoTable<Counted>()
                .add("partition_id", BIGINT, Counted::id)
                .add("object_id", INT, t -> t.table().objectId())
                .add("index_id", INT, t -> HEAP_OR_CLUSTERED)
                .add("partition_number", INT, t -> 1)
                .add("hobt_id", BIGINT, Counted::id)
                .add("rows", BIGINT, Counted::rows);
        return new SystemView<>("partitions", table, (database, connection) -> counted(connection));
    }

    private static SystemView<Counted> partitionStats() {
        var table = new InfoTable<Counted>()
                .add("partition_id", BIGINT, Counted::id)
                .add("object_id", INT, t -> t.table().objectId())
                .add("index_id", INT, t -> HEAP_OR_CLUSTERED)
                .add("partition_number", INT, t -> 1)
                .add("in_row_data_page_count", BIGINT, Counted::pages)
                .add("used_page_count", BIGINT, Counted::pages)
                .add("reserved_page_count", BIGINT, Counted::pages)
                .add("row_count", BIGINT, Counted::rows);
        return new SystemView<>("dm_db_partition_stats", table, (database, connection) -> counted(connection));
    }

    private static List<Counted> counted(Connection connection) throws SQLException {
        var all = new ArrayList<Counted>();
        for (var table : UserTables.baseTables(connection)) {
            all.add(new Counted(table, UserTables.count(connection, table)));
        }
        return all;
    }

    private static SystemView<Sized> databaseFiles() {
        var table = new InfoTable<Sized>()
                .add("file_id", INT, f -> f.file().id())
                .add("type", TINYINT, f -> f.file().log() ? 1 : 0)
                .add("type_desc", nvarchar(60), f -> f.file().log() ? "LOG" : "ROWS")
                .add("data_space_id", INT, f -> f.file().log() ? 0 : 1)
                .add("name", SYSNAME, f -> f.file().logicalName())
                .add("physical_name", nvarchar(260), f -> f.file().physicalName())
                .add("state", TINYINT, f -> 0)
                .add("state_desc", nvarchar(60), f -> "ONLINE")
                .add("size", INT, Sized::pages)
                .add("max_size", INT, f -> -1)
                .add("growth", INT, f -> 128);
        return new SystemView<>(
                "database_files",
                table,
                (database, connection) -> database.files().stream()
                        .map(file -> new Sized(file, file.log() ? Database.LOG_PAGES : database.dataPages()))
                        .toList());
    }
}

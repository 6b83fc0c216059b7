// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a database.
 *
 * @param logicalName the name by which RESTORE moves it
 * @param physicalName its path as the server saw it
 * @param type {@code D} data, {@code L} log, {@code F} full-text, {@code S} FILESTREAM
 */
record BackupFile(String logicalName, String physicalName, String type) {
    /**
     * What a backup holds, by RESTORE FILELISTONLY.
     *
     * @param from the clause FROM, and WITH FILE for one set of several
     */
    static List<BackupFile> listed(Statements statements, String from) throws SQLException {
        return read(statements.ask("RESTORE FILELISTONLY" + from), "LogicalName", "PhysicalName", "Type");
    }

    /** What a database has now, in the words of RESTORE FILELISTONLY. */
    static List<BackupFile> live(Statements statements, String database) throws SQLException {
        return read(statements.ask(question(database)), "name", "physical_name", "kind");
    }

    /** What {@link #live} asks. */
    static String question(String database) {
        return "SELECT name, physical_name,"
                + " CASE type WHEN 0 THEN 'D' WHEN 1 THEN 'L' WHEN 2 THEN 'S' ELSE 'F' END AS kind"
                + " FROM sys.master_files WHERE database_id = DB_ID(" + Quoted.text(database) + ")";
    }

    private static List<BackupFile> read(List<Row> rows, String logical, String physical, String type)
            throws SQLException {
        var files = new ArrayList<BackupFile>();
        for (var row : rows) {
            files.add(new BackupFile(
                    row.text(logical), row.text(physical), row.text(type).strip()));
        }
        return files;
    }

    static ArrayNode json(List<BackupFile> files) {
        var array = JsonNodeFactory.instance.arrayNode();
        files.forEach(file -> array.addObject()
                .put("logicalName", file.logicalName())
                .put("physicalName", file.physicalName())
                .put("type", file.type()));
        return array;
    }

    /** What a capture recorded; none in sets of earlier releases. */
    static List<BackupFile> recorded(@Nullable JsonNode recorded) {
        var files = new ArrayList<BackupFile>();
        if (recorded != null) {
            recorded.path("files")
                    .forEach(file -> files.add(new BackupFile(
                            file.path("logicalName").asText(),
                            file.path("physicalName").asText(),
                            file.path("type").asText())));
        }
        return files;
    }
}

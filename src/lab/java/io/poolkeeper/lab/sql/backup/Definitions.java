// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.UserTables;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a database looks like without its rows, in H2's words.
 *
 * @param beforeRows makes schemas, sequences and bare tables
 * @param afterRows makes keys, indexes and views, once the rows are in
 */
record Definitions(List<String> beforeRows, List<String> afterRows) {
    private static final Pattern BEFORE =
            Pattern.compile("CREATE (SCHEMA|SEQUENCE|DOMAIN|((MEMORY|CACHED) )?TABLE) .*", Pattern.DOTALL);

    private static final Pattern LEFT_OUT =
            Pattern.compile("(--|CREATE USER |CREATE (FORCE )?TRIGGER |CREATE (FORCE )?ALIAS ).*", Pattern.DOTALL);

    static Definitions of(Connection connection) throws SQLException {
        var schemas = UserTables.schemas(connection).stream()
                .map(schema -> '"' + schema.replace("\"", "\"\"") + '"')
                .toList();
        var sql = "SCRIPT NODATA NOPASSWORDS NOSETTINGS SCHEMA " + String.join(", ", schemas);
        var before = new ArrayList<String>();
        var after = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var definition = rows.getString(1);
                if (!LEFT_OUT.matcher(definition).matches()) {
                    (BEFORE.matcher(definition).matches() ? before : after).add(definition);
                }
            }
        }
        return new Definitions(before, after);
    }

    void write(DataOutputStream out) throws IOException {
        write(out, beforeRows);
        write(out, afterRows);
    }

    static Definitions read(DataInputStream in) throws IOException {
        return new Definitions(readList(in), readList(in));
    }

    private static void write(DataOutputStream out, List<String> statements) throws IOException {
        out.writeInt(statements.size());
        for (var statement : statements) {
            RowCodec.writeText(out, statement);
        }
    }

    private static List<String> readList(DataInputStream in) throws IOException {
        var statements = new ArrayList<String>();
        for (var left = in.readInt(); left > 0; left--) {
            statements.add(RowCodec.readText(in));
        }
        return statements;
    }
}

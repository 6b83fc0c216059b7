// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Cells;
import io.poolkeeper.lab.sql.engine.ChangeLog;
import io.poolkeeper.lab.sql.engine.H2Store;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a set holds. */
final class ContentReader {
    private static final int END = 0;
    private static final int ROW = 1;
    private static final int BATCH = 500;

    private final DataInputStream in;

    ContentReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * Fills an empty database.
     *
     * @param target the database
     * @param base where the rows of tables are that the set leaves out; null for a full set
     * @return what each table holds
     */
    Map<String, String> tables(H2Store target, H2Store base) throws SQLException, IOException {
        var definitions = Definitions.read(in);
        var digests = new HashMap<String, String>();
        try (var connection = target.open()) {
            run(connection, definitions.beforeRows());
            connection.setAutoCommit(false);
            for (var left = in.readInt(); left > 0; left--) {
                var table = RowCodec.readText(in);
                if (in.readBoolean()) {
                    copy(connection, table, base);
                } else {
                    rows(connection, table);
                }
                digests.put(table, RowCodec.readText(in));
            }
            connection.commit();
            run(connection, definitions.afterRows());
            connection.commit();
        }
        return digests;
    }

    /** Committed transactions, in order. */
    List<ChangeLog.LogRecord> log() throws IOException {
        var records = new ArrayList<ChangeLog.LogRecord>();
        for (var left = in.readInt(); left > 0; left--) {
            var lsn = in.readLong();
            var committed = LocalDateTime.parse(RowCodec.readText(in));
            var changes = new ArrayList<ChangeLog.Change>();
            for (var kind = in.readByte(); kind != END; kind = in.readByte()) {
                changes.add(kind == ROW ? row() : new ChangeLog.Change.Definition(RowCodec.readText(in)));
            }
            records.add(new ChangeLog.LogRecord(lsn, committed, changes));
        }
        return records;
    }

    private ChangeLog.Change.Row row() throws IOException {
        return new ChangeLog.Change.Row(
                RowCodec.readText(in), RowCodec.readText(in), RowCodec.read(in), RowCodec.read(in));
    }

    private void rows(Connection connection, String table) throws SQLException, IOException {
        var marker = in.readByte();
        if (marker == END) {
            return;
        }
        var row = RowCodec.read(in);
        try (var insert = connection.prepareStatement(insert(table, row.size()))) {
            var count = 0;
            for (; row != null; row = in.readByte() == END ? null : RowCodec.read(in)) {
                add(insert, row, ++count);
            }
            insert.executeBatch();
        }
    }

    private static void copy(Connection connection, String table, H2Store base) throws SQLException {
        try (var from = base.open();
                var query = from.createStatement();
                var rows = query.executeQuery("SELECT * FROM " + table);
                var insert = connection.prepareStatement(
                        insert(table, rows.getMetaData().getColumnCount()))) {
            var count = 0;
            while (rows.next()) {
                add(insert, Cells.row(rows), ++count);
            }
            insert.executeBatch();
        }
    }

    private static void add(PreparedStatement insert, List<Object> row, int count) throws SQLException {
        Cells.bind(insert, row);
        insert.addBatch();
        if (count % BATCH == 0) {
            insert.executeBatch();
        }
    }

    private static String insert(String table, int columns) {
        return "INSERT INTO " + table + " VALUES (" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}

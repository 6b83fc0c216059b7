// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Cells;
import io.poolkeeper.lab.sql.engine.ChangeLog;
import io.poolkeeper.lab.sql.engine.UserTables;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes what a set holds. */
final class ContentWriter {
    private static final int END = 0;
    private static final int ROW = 1;
    private static final int DEFINITION = 2;

    private final DataOutputStream out;
    private final Progress progress;

    ContentWriter(OutputStream out, Progress progress) {
        this.out = new DataOutputStream(out);
        this.progress = progress;
    }

    /** How many bytes were written. */
    long bytes() {
        return out.size();
    }

    /**
     * Writes definitions and rows.
     *
     * @param snapshot the database as it was at one moment
     * @param unchanged what each table held at the differential base; tables that hold it still are left out
     * @return what each table holds now
     */
    Map<String, String> tables(Snapshot snapshot, Map<String, String> unchanged) throws SQLException, IOException {
        var connection = snapshot.connection();
        var tables = UserTables.baseTables(connection);
        progress.total(count(connection, tables));
        snapshot.definitions().write(out);
        out.writeInt(tables.size());
        var digests = new HashMap<String, String>();
        for (var table : tables) {
            var base = unchanged.get(table.quoted());
            var digest = base == null ? null : digest(connection, table);
            var isUnchanged = digest != null && digest.equals(base);
            RowCodec.writeText(out, table.quoted());
            out.writeBoolean(isUnchanged);
            if (!isUnchanged) {
                digest = rows(connection, table);
            }
            RowCodec.writeText(out, digest);
            digests.put(table.quoted(), digest);
        }
        out.flush();
        return digests;
    }

    /** Writes committed transactions. */
    void log(List<ChangeLog.LogRecord> records) throws IOException {
        progress.total(records.size());
        out.writeInt(records.size());
        for (var entry : records) {
            out.writeLong(entry.lsn());
            RowCodec.writeText(out, entry.committed().toString());
            for (var change : entry.changes()) {
                write(change);
            }
            out.writeByte(END);
            progress.advance(1);
        }
        out.flush();
    }

    private void write(ChangeLog.Change change) throws IOException {
        if (change instanceof ChangeLog.Change.Definition definition) {
            out.writeByte(DEFINITION);
            RowCodec.writeText(out, definition.sql());
        } else if (change instanceof ChangeLog.Change.Row row) {
            out.writeByte(ROW);
            RowCodec.writeText(out, row.schema());
            RowCodec.writeText(out, row.table());
            RowCodec.write(out, row.before());
            RowCodec.write(out, row.after());
        }
    }

    private static long count(Connection connection, List<UserTables.Table> tables) throws SQLException {
        var count = 0L;
        for (var table : tables) {
            count += UserTables.count(connection, table);
        }
        return count;
    }

    private static String digest(Connection connection, UserTables.Table table) throws SQLException, IOException {
        return rows(connection, table, row -> {});
    }

    private String rows(Connection connection, UserTables.Table table) throws SQLException, IOException {
        var digest = rows(connection, table, row -> {
            out.writeByte(ROW);
            out.write(row);
            progress.advance(1);
        });
        out.writeByte(END);
        return digest;
    }

    /** What becomes of a row's bytes. */
    private interface RowSink {
        void accept(byte[] row) throws IOException;
    }

    private static String rows(Connection connection, UserTables.Table table, RowSink sink)
            throws SQLException, IOException {
        var digest = sha256();
        var bytes = new ByteArrayOutputStream();
        var encoder = new DataOutputStream(bytes);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table.quoted())) {
            while (rows.next()) {
                bytes.reset();
                RowCodec.write(encoder, Cells.row(rows));
                digest.update(bytes.toByteArray());
                sink.accept(bytes.toByteArray());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

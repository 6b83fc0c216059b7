// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import java.math.BigDecimal;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The rows of one table as text that is the same for the same value, whichever driver read it.
 *
 * @param columns names in their order
 * @param rows one text for each column
 */
record Rows(List<String> columns, List<List<String>> rows) {
    private static final String NULL = "NULL";

    static Rows read(Connection connection, String table) throws SQLException {
        var name = table.split("\\.", 2);
        try (var statement = connection.createStatement();
                var results = statement.executeQuery("SELECT * FROM " + quoted(name[0]) + "." + quoted(name[1]))) {
            var columns = new ArrayList<String>();
            for (var i = 1; i <= results.getMetaData().getColumnCount(); i++) {
                columns.add(results.getMetaData().getColumnName(i));
            }
            var rows = new ArrayList<List<String>>();
            while (results.next()) {
                rows.add(row(results, columns.size()));
            }
            return new Rows(columns, rows);
        }
    }

    private static String quoted(String name) {
        return "[" + name.replace("]", "]]") + "]";
    }

    private static List<String> row(ResultSet results, int columns) throws SQLException {
        var row = new ArrayList<String>(columns);
        for (var i = 1; i <= columns; i++) {
            row.add(text(results, i));
        }
        return row;
    }

    private static String text(ResultSet results, int column) throws SQLException {
        var type = results.getMetaData().getColumnTypeName(column).toLowerCase(Locale.ROOT);
        if (type.equals("uniqueidentifier") || type.equals("uuid")) {
            var guid = results.getString(column);
            return guid == null ? NULL : UUID.fromString(guid).toString();
        }
        var value = results.getObject(column);
        if (value == null) {
            return NULL;
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Boolean bit) {
            return bit ? "1" : "0";
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime().toString();
        }
        if (value instanceof Clob) {
            return "'" + results.getString(column) + "'";
        }
        return value instanceof Number number ? number(number) : "'" + value + "'";
    }

    /** 1, 1.0 and 1.00 are one number. */
    private static String number(Number number) {
        var decimal = new BigDecimal(number.toString()).stripTrailingZeros();
        return decimal.toPlainString();
    }
}

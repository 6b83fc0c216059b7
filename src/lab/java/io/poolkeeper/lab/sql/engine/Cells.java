// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Values between H2 and the rest: boxed numbers, Boolean, BigDecimal, String, byte[], UUID, java.time. */
public final class Cells {
    private Cells() {}

    /** The current row. */
    public static List<Object> row(ResultSet rows) throws SQLException {
        var columns = rows.getMetaData().getColumnCount();
        var values = new ArrayList<>(columns);
        for (var i = 1; i <= columns; i++) {
            values.add(value(rows, i));
        }
        return values;
    }

    private static Object value(ResultSet rows, int column) throws SQLException {
        return switch (rows.getMetaData().getColumnType(column)) {
            case Types.DATE -> rows.getObject(column, LocalDate.class);
            case Types.TIME -> rows.getObject(column, LocalTime.class);
            case Types.TIMESTAMP -> rows.getObject(column, LocalDateTime.class);
            case Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(column, OffsetDateTime.class);
            case Types.CLOB, Types.CHAR, Types.VARCHAR -> rows.getString(column);
            case Types.BLOB, Types.VARBINARY -> rows.getBytes(column);
            default -> rows.getObject(column);
        };
    }

    /** A value as H2's triggers have it, in the classes that are used here. */
    static Object normal(Object value) throws SQLException {
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime();
        }
        if (value instanceof Date date) {
            return date.toLocalDate();
        }
        if (value instanceof Time time) {
            return time.toLocalTime();
        }
        if (value instanceof Clob text) {
            return text.getSubString(1, (int) text.length());
        }
        return value instanceof Blob bytes ? bytes.getBytes(1, (int) bytes.length()) : value;
    }

    /** Sets all parameters of a statement. */
    public static void bind(PreparedStatement statement, List<?> values) throws SQLException {
        for (var i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}

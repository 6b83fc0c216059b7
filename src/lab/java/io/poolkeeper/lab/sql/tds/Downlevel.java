// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Column;
import io.poolkeeper.lab.sql.session.SqlType;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * One result's columns as a client of a given TDS version can take them. Before 7.3, date, time, datetime2 and
 * datetimeoffset did not exist and go as text, as SQL Server sends them to old clients.
 */
final class Downlevel {
    private static final DateTimeFormatter DATETIME2 = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS xxx");

    private final List<Column> columns = new ArrayList<>();
    private final List<Boolean> isText = new ArrayList<>();

    Downlevel(TdsVersion version, List<Column> asked) {
        for (var column : asked) {
            var text = !version.hasDateTypes() && isNew(column.type().kind());
            isText.add(text);
            columns.add(text ? new Column(column.name(), SqlType.nvarchar(34)) : column);
        }
    }

    /** The columns to announce. */
    List<Column> columns() {
        return columns;
    }

    /** The value to send in the given column. */
    Object value(int column, Object value) {
        return isText.get(column) && value != null ? text(value) : value;
    }

    private static String text(Object value) {
        if (value instanceof LocalDateTime time) {
            return DATETIME2.format(time);
        }
        return value instanceof OffsetDateTime time ? OFFSET.format(time) : value.toString();
    }

    private static boolean isNew(SqlType.Kind kind) {
        return switch (kind) {
            case DATE, TIME, DATETIME2, DATETIMEOFFSET -> true;
            default -> false;
        };
    }
}

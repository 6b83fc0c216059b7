// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.SqlType;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The columns of the tables that users made. */
final class UserColumns {
    /**
     * One column.
     *
     * @param table where it is
     * @param name its name
     * @param position from 1
     * @param type its type
     * @param nullable whether it may be null
     * @param identity whether the server counts it up
     */
    record UserColumn(
            UserTables.Table table, String name, int position, SqlType type, boolean nullable, boolean identity) {
        /** In bytes, as {@code sys.columns.max_length}. */
        int maxLength() {
            return switch (type.kind()) {
                case NVARCHAR, NCHAR -> type.isMax() ? -1 : 2 * type.length();
                case VARCHAR, CHAR, VARBINARY, BINARY -> type.length();
                case BIT, TINYINT -> 1;
                case SMALLINT -> 2;
                case INT, REAL -> 4;
                case DATE -> 3;
                case UNIQUEIDENTIFIER -> 16;
                default -> 8;
            };
        }
    }

    private UserColumns() {}

    static List<UserColumn> of(Connection connection) throws SQLException {
        var all = new ArrayList<UserColumn>();
        for (var table : UserTables.of(connection)) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT * FROM " + table.quoted() + " WHERE 1 = 0")) {
                var columns = rows.getMetaData();
                for (var i = 1; i <= columns.getColumnCount(); i++) {
                    all.add(column(table, columns, i));
                }
            }
        }
        return all;
    }

    private static UserColumn column(UserTables.Table table, ResultSetMetaData columns, int i) throws SQLException {
        return new UserColumn(
                table,
                columns.getColumnName(i),
                i,
                H2Types.of(columns, i),
                columns.isNullable(i) != ResultSetMetaData.columnNoNulls,
                columns.isAutoIncrement(i));
    }
}

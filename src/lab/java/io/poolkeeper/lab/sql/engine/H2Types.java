// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.SqlType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/**
 * SQL Server's types and H2's. H2 has no unsigned tinyint: DECFLOAT(3), which nothing else uses, stands for it in
 * system views.
 */
public final class H2Types {
    private static final String TINYINT = "DECFLOAT(3)";

    private H2Types() {}

    /** What H2 calls the type in a definition. */
    static String name(SqlType type) {
        return switch (type.kind()) {
            case BIT -> "BOOLEAN";
            case TINYINT -> TINYINT;
            case SMALLINT -> "SMALLINT";
            case INT -> "INTEGER";
            case BIGINT -> "BIGINT";
            case REAL -> "REAL";
            case FLOAT -> "DOUBLE PRECISION";
            case NUMERIC -> "NUMERIC(" + type.precision() + ", " + type.scale() + ")";
            case DATE -> "DATE";
            case TIME -> "TIME(" + type.scale() + ")";
            case DATETIME, DATETIME2 -> "TIMESTAMP(" + type.scale() + ")";
            case DATETIMEOFFSET -> "TIMESTAMP(" + type.scale() + ") WITH TIME ZONE";
            case UNIQUEIDENTIFIER -> "UUID";
            case CHAR, NCHAR -> "CHARACTER(" + type.length() + ")";
            case VARBINARY, BINARY -> type.isMax() ? "VARBINARY" : "VARBINARY(" + type.length() + ")";
            case NVARCHAR, VARCHAR, SQL_VARIANT -> type.length() <= 0 ? "VARCHAR" : "VARCHAR(" + type.length() + ")";
        };
    }

    /** The JDBC type that carries it out of a system view. */
    static int jdbcType(SqlType type) {
        return switch (type.kind()) {
            case BIT -> Types.BOOLEAN;
            case TINYINT, SMALLINT, INT -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case REAL, FLOAT -> Types.DOUBLE;
            case VARBINARY, BINARY -> Types.VARBINARY;
            // H2 reads all others out of their text
            default -> Types.VARCHAR;
        };
    }

    /** The type of a column of a result, as SQL Server would describe it. */
    public static SqlType of(ResultSetMetaData columns, int column) throws SQLException {
        var precision = columns.getPrecision(column);
        var scale = columns.getScale(column);
        return switch (columns.getColumnTypeName(column)) {
            case "BOOLEAN" -> SqlType.BIT;
            case "TINYINT", "SMALLINT" -> SqlType.SMALLINT;
            case "INTEGER", "NULL" -> SqlType.INT;
            case "BIGINT" -> SqlType.BIGINT;
            case "REAL" -> SqlType.REAL;
            case "DOUBLE PRECISION", "FLOAT" -> SqlType.FLOAT;
            case "DECFLOAT" -> precision == 3 ? SqlType.TINYINT : SqlType.FLOAT;
            case "NUMERIC" -> SqlType.numeric(precision, Math.min(scale, 38));
            case "DATE" -> SqlType.DATE;
            case "TIME" -> new SqlType(SqlType.Kind.TIME, 0, 0, Math.min(scale, 7));
            case "TIMESTAMP" -> scale <= 3 ? SqlType.DATETIME : new SqlType(SqlType.Kind.DATETIME2, 0, 0, scale(scale));
            case "TIMESTAMP WITH TIME ZONE" -> new SqlType(SqlType.Kind.DATETIMEOFFSET, 0, 0, scale(scale));
            case "UUID" -> SqlType.UNIQUEIDENTIFIER;
            case "BINARY VARYING", "BINARY", "BINARY LARGE OBJECT" -> SqlType.varbinary(Math.max(1, precision));
            case "CHARACTER" -> precision > 4000 ? SqlType.nvarchar(precision) : SqlType.nchar(Math.max(1, precision));
            default -> SqlType.nvarchar(Math.max(1, precision));
        };
    }

    private static int scale(int scale) {
        return Math.min(scale, 7);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.session.SqlType;
import java.util.Locale;

/** The name of a type in a declaration, and what H2 calls it. */
final class TypeName {
    private TypeName() {}

    /** Reads a type with its length or digits. */
    static SqlType parse(TokenStream in) {
        var token = in.peek();
        var name = Names.take(in).toLowerCase(Locale.ROOT);
        var first = -2;
        var second = -2;
        if (in.acceptSymbol("(")) {
            first = in.accept("MAX") ? SqlType.MAX : in.expectInteger();
            second = in.acceptSymbol(",") ? in.expectInteger() : -2;
            in.expectSymbol(")");
        }
        var type = type(name, first, second);
        if (type == null) {
            throw SyntaxError.unsupported("the type " + name, token);
        }
        return type;
    }

    /** Whether a type has that name. */
    static boolean isKnown(String name) {
        return type(name.toLowerCase(Locale.ROOT), -2, -2) != null;
    }

    private static SqlType type(String name, int first, int second) {
        return switch (name) {
            case "bit" -> SqlType.BIT;
            case "tinyint" -> SqlType.TINYINT;
            case "smallint" -> SqlType.SMALLINT;
            case "int", "integer" -> SqlType.INT;
            case "bigint" -> SqlType.BIGINT;
            case "real" -> SqlType.REAL;
            case "float" -> SqlType.FLOAT;
            case "date" -> SqlType.DATE;
            case "datetime", "smalldatetime" -> SqlType.DATETIME;
            case "uniqueidentifier" -> SqlType.UNIQUEIDENTIFIER;
            case "sysname" -> SqlType.SYSNAME;
            case "sql_variant" -> SqlType.VARIANT;
            case "money" -> SqlType.numeric(19, 4);
            case "numeric", "decimal", "dec" -> SqlType.numeric(first < 0 ? 18 : first, Math.max(0, second));
            case "time", "datetime2", "datetimeoffset" -> scaled(name, first < 0 ? 7 : first);
            case "text", "ntext", "xml" -> SqlType.nvarchar(Integer.MAX_VALUE);
            case "image" -> SqlType.varbinary(Integer.MAX_VALUE);
            default -> sized(name, first == -2 ? 1 : first == SqlType.MAX ? Integer.MAX_VALUE : first);
        };
    }

    private static SqlType scaled(String name, int scale) {
        return new SqlType(SqlType.Kind.valueOf(name.toUpperCase(Locale.ROOT)), 0, 0, scale);
    }

    private static SqlType sized(String name, int length) {
        return switch (name) {
            case "nvarchar" -> SqlType.nvarchar(length);
            case "varchar" -> SqlType.varchar(length);
            case "nchar" -> SqlType.nchar(length);
            case "char" -> SqlType.character(length);
            case "varbinary", "binary" -> SqlType.varbinary(length);
            default -> null;
        };
    }

    /** What H2 calls the type. */
    static String inH2(SqlType type) {
        return switch (type.kind()) {
            case BIT -> "BOOLEAN";
            case TINYINT, SMALLINT -> "SMALLINT";
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
            case VARBINARY, BINARY -> "VARBINARY";
            default -> "VARCHAR";
        };
    }
}

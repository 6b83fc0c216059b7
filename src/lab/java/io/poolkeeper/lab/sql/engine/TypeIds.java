// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.SqlType.Kind;
import java.util.Locale;

/** The numbers of types in {@code sys.types} and {@code sys.columns}. */
final class TypeIds {
    private TypeIds() {}

    static int of(Kind kind) {
        return switch (kind) {
            case UNIQUEIDENTIFIER -> 36;
            case DATE -> 40;
            case TIME -> 41;
            case DATETIME2 -> 42;
            case DATETIMEOFFSET -> 43;
            case TINYINT -> 48;
            case SMALLINT -> 52;
            case INT -> 56;
            case REAL -> 59;
            case DATETIME -> 61;
            case FLOAT -> 62;
            case SQL_VARIANT -> 98;
            case BIT -> 104;
            case NUMERIC -> 108;
            case BIGINT -> 127;
            case VARBINARY -> 165;
            case VARCHAR -> 167;
            case BINARY -> 173;
            case CHAR -> 175;
            case NVARCHAR -> 231;
            case NCHAR -> 239;
        };
    }

    static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

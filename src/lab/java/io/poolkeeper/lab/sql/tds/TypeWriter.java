// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.SqlType;

/** Describes a type to the client: TYPE_INFO (MS-TDS 2.2.5.6). */
final class TypeWriter {
    private TypeWriter() {}

    static void write(Bytes out, SqlType type) {
        switch (type.kind()) {
            case BIT -> out.u8(TypeCode.BITN).u8(1);
            case TINYINT -> out.u8(TypeCode.INTN).u8(1);
            case SMALLINT -> out.u8(TypeCode.INTN).u8(2);
            case INT -> out.u8(TypeCode.INTN).u8(4);
            case BIGINT -> out.u8(TypeCode.INTN).u8(8);
            case REAL -> out.u8(TypeCode.FLOATN).u8(4);
            case FLOAT -> out.u8(TypeCode.FLOATN).u8(8);
            case NUMERIC ->
                out.u8(TypeCode.NUMERICN)
                        .u8(1 + numericBytes(type.precision()))
                        .u8(type.precision())
                        .u8(type.scale());
            case DATE -> out.u8(TypeCode.DATE);
            case TIME -> out.u8(TypeCode.TIME).u8(type.scale());
            case DATETIME -> out.u8(TypeCode.DATETIMEN).u8(8);
            case DATETIME2 -> out.u8(TypeCode.DATETIME2).u8(type.scale());
            case DATETIMEOFFSET -> out.u8(TypeCode.DATETIMEOFFSET).u8(type.scale());
            case UNIQUEIDENTIFIER -> out.u8(TypeCode.GUID).u8(16);
            case SQL_VARIANT -> out.u8(TypeCode.VARIANT).i32(8009);
            case NVARCHAR -> text(out, TypeCode.NVARCHAR, bytes(type, 2));
            case NCHAR -> text(out, TypeCode.NCHAR, bytes(type, 2));
            case VARCHAR -> text(out, TypeCode.VARCHAR, bytes(type, 1));
            case CHAR -> text(out, TypeCode.CHAR, bytes(type, 1));
            case VARBINARY -> out.u8(TypeCode.VARBINARY).u16(bytes(type, 1));
            case BINARY -> out.u8(TypeCode.BINARY).u16(bytes(type, 1));
        }
    }

    /** Bytes of the magnitude of a decimal of so many digits. */
    static int numericBytes(int precision) {
        return precision <= 9 ? 4 : precision <= 19 ? 8 : precision <= 28 ? 12 : 16;
    }

    private static int bytes(SqlType type, int unit) {
        return type.isMax() ? TypeCode.LONG_MARK : Math.max(1, type.length()) * unit;
    }

    private static void text(Bytes out, int code, int length) {
        out.u8(code).u16(length).raw(Collation.wire());
    }
}

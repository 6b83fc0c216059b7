// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.SqlType;

/**
 * A type as the client described it.
 *
 * @param code one of {@link TypeCode}
 * @param length the declared length in bytes; 0 where the code says it all
 * @param type the same in SQL Server's terms
 */
record WireType(int code, int length, SqlType type) {
    private static final int COLLATION_BYTES = 5;

    /** Reads TYPE_INFO (MS-TDS 2.2.5.6). */
    static WireType read(ByteReader in) {
        var code = in.u8();
        return switch (code) {
            case TypeCode.INTN -> sized(code, in.u8());
            case TypeCode.FLOATN -> {
                var length = in.u8();
                yield new WireType(code, length, length == 4 ? SqlType.REAL : SqlType.FLOAT);
            }
            case TypeCode.BITN -> new WireType(code, in.u8(), SqlType.BIT);
            case TypeCode.GUID -> new WireType(code, in.u8(), SqlType.UNIQUEIDENTIFIER);
            case TypeCode.DATETIMEN -> new WireType(code, in.u8(), SqlType.DATETIME);
            case TypeCode.MONEYN -> new WireType(code, in.u8(), SqlType.numeric(19, 4));
            case TypeCode.DECIMALN, TypeCode.NUMERICN -> new WireType(code, in.u8(), SqlType.numeric(in.u8(), in.u8()));
            case TypeCode.DATE -> new WireType(code, 0, SqlType.DATE);
            case TypeCode.TIME -> scaled(code, SqlType.Kind.TIME, in.u8());
            case TypeCode.DATETIME2 -> scaled(code, SqlType.Kind.DATETIME2, in.u8());
            case TypeCode.DATETIMEOFFSET -> scaled(code, SqlType.Kind.DATETIMEOFFSET, in.u8());
            case TypeCode.VARIANT -> new WireType(code, in.i32(), SqlType.VARIANT);
            case TypeCode.NVARCHAR, TypeCode.NCHAR, TypeCode.VARCHAR, TypeCode.CHAR -> text(code, in);
            case TypeCode.VARBINARY, TypeCode.BINARY -> {
                var length = in.u16();
                yield new WireType(code, length, SqlType.varbinary(length));
            }
            case TypeCode.TEXT, TypeCode.NTEXT -> {
                var length = in.i32();
                in.raw(COLLATION_BYTES);
                yield new WireType(code, length, SqlType.nvarchar(Integer.MAX_VALUE));
            }
            case TypeCode.IMAGE -> new WireType(code, in.i32(), SqlType.varbinary(Integer.MAX_VALUE));
            default -> fixed(code);
        };
    }

    /** Whether values come in chunks. */
    boolean isChunked() {
        return length == TypeCode.LONG_MARK && type.isMax();
    }

    private static WireType sized(int code, int length) {
        var type = switch (length) {
            case 1 -> SqlType.TINYINT;
            case 2 -> SqlType.SMALLINT;
            case 4 -> SqlType.INT;
            default -> SqlType.BIGINT;
        };
        return new WireType(code, length, type);
    }

    private static WireType scaled(int code, SqlType.Kind kind, int scale) {
        return new WireType(code, 0, new SqlType(kind, 0, 0, scale));
    }

    private static WireType text(int code, ByteReader in) {
        var length = in.u16();
        in.raw(COLLATION_BYTES);
        var isUnicode = code == TypeCode.NVARCHAR || code == TypeCode.NCHAR;
        return new WireType(
                code, length, isUnicode ? SqlType.nvarchar(unicodeLength(length)) : SqlType.varchar(length));
    }

    private static int unicodeLength(int bytes) {
        return bytes == TypeCode.LONG_MARK ? Integer.MAX_VALUE : bytes / 2;
    }

    private static WireType fixed(int code) {
        var type = switch (code) {
            case TypeCode.NULL -> SqlType.nvarchar(1);
            case TypeCode.INT1 -> SqlType.TINYINT;
            case TypeCode.INT2 -> SqlType.SMALLINT;
            case TypeCode.INT4 -> SqlType.INT;
            case TypeCode.INT8 -> SqlType.BIGINT;
            case TypeCode.BIT -> SqlType.BIT;
            case TypeCode.FLOAT4 -> SqlType.REAL;
            case TypeCode.FLOAT8 -> SqlType.FLOAT;
            case TypeCode.DATETIME, TypeCode.DATETIME4 -> SqlType.DATETIME;
            case TypeCode.MONEY, TypeCode.MONEY4 -> SqlType.numeric(19, 4);
            default -> throw new UnsupportedRequest("a parameter of type 0x" + Integer.toHexString(code));
        };
        return new WireType(code, 0, type);
    }
}

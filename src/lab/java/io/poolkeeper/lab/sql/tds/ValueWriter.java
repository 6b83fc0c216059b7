// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Writes one value of a row or an output parameter (MS-TDS 2.2.5.2 and 2.2.5.5). */
final class ValueWriter {
    private static final int GUID_BYTES = 16;

    private ValueWriter() {}

    static void write(Bytes out, SqlType type, Object value) {
        if (value == null) {
            writeNull(out, type);
            return;
        }
        switch (type.kind()) {
            case BIT -> out.u8(1).u8(asBoolean(value) ? 1 : 0);
            case TINYINT -> integer(out, value, 1);
            case SMALLINT -> integer(out, value, 2);
            case INT -> integer(out, value, 4);
            case BIGINT -> integer(out, value, 8);
            case REAL -> out.u8(4).i32(Float.floatToIntBits(((Number) value).floatValue()));
            case FLOAT -> out.u8(8).i64(Double.doubleToLongBits(((Number) value).doubleValue()));
            case NUMERIC -> numeric(out, asDecimal(value), type);
            case NVARCHAR, NCHAR -> text(out, type, value.toString().getBytes(StandardCharsets.UTF_16LE));
            case VARCHAR, CHAR -> text(out, type, value.toString().getBytes(Collation.CODE_PAGE));
            case VARBINARY, BINARY -> text(out, type, (byte[]) value);
            case UNIQUEIDENTIFIER -> guid(out.u8(GUID_BYTES), (UUID) value);
            case SQL_VARIANT -> VariantWriter.write(out, value);
            default -> time(out, type, value);
        }
    }

    /** The first three groups little-endian, the rest as printed. */
    static void guid(Bytes out, UUID value) {
        var high = value.getMostSignificantBits();
        out.integer(high >>> 32, 4).integer(high >>> 16, 2).integer(high, 2);
        out.i64(Long.reverseBytes(value.getLeastSignificantBits()));
    }

    /** Sign, then the magnitude, little-endian, in as many bytes as the precision takes. */
    static void magnitude(Bytes out, BigDecimal value, SqlType type) {
        var unscaled = value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
        out.u8(unscaled.signum() < 0 ? 0 : 1);
        var bigEndian = unscaled.abs().toByteArray();
        for (var i = 0; i < TypeWriter.numericBytes(type.precision()); i++) {
            var from = bigEndian.length - 1 - i;
            out.u8(from < 0 ? 0 : bigEndian[from]);
        }
    }

    private static void writeNull(Bytes out, SqlType type) {
        switch (type.kind()) {
            case NVARCHAR, NCHAR, VARCHAR, CHAR, VARBINARY, BINARY -> {
                if (type.isMax()) {
                    out.i64(-1);
                } else {
                    out.u16(TypeCode.LONG_MARK);
                }
            }
            case SQL_VARIANT -> out.i32(0);
            default -> out.u8(0);
        }
    }

    private static void integer(Bytes out, Object value, int bytes) {
        var number = value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
        out.u8(bytes).integer(number, bytes);
    }

    private static void numeric(Bytes out, BigDecimal value, SqlType type) {
        out.u8(1 + TypeWriter.numericBytes(type.precision()));
        magnitude(out, value, type);
    }

    /** The (max) types go as total length, one chunk, and an empty chunk (PARTLENTYPE). */
    private static void text(Bytes out, SqlType type, byte[] bytes) {
        if (!type.isMax()) {
            out.u16(bytes.length).raw(bytes);
            return;
        }
        out.i64(bytes.length);
        if (bytes.length > 0) {
            out.i32(bytes.length).raw(bytes);
        }
        out.i32(0);
    }

    private static void time(Bytes out, SqlType type, Object value) {
        var bytes = Times.timeBytes(type.scale());
        switch (type.kind()) {
            case DATE -> Times.writeDate(out.u8(3), (LocalDate) value);
            case TIME -> Times.writeTime(out.u8(bytes), (LocalTime) value, type.scale());
            case DATETIME -> Times.writeDatetime(out.u8(8), (LocalDateTime) value);
            case DATETIME2 -> Times.writeDatetime2(out.u8(bytes + 3), (LocalDateTime) value, type.scale());
            case DATETIMEOFFSET -> Times.writeOffset(out.u8(bytes + 5), (OffsetDateTime) value, type.scale());
            default -> throw new IllegalArgumentException("no way to write " + type);
        }
    }

    private static boolean asBoolean(Object value) {
        return value instanceof Boolean flag ? flag : ((Number) value).longValue() != 0;
    }

    private static BigDecimal asDecimal(Object value) {
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.SqlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.UUID;

/** Writes a sql_variant: total length, base type, properties, data (MS-TDS 2.2.5.5.4). */
final class VariantWriter {
    private VariantWriter() {}

    static void write(Bytes out, Object value) {
        var base = base(value);
        out.i32(base.length()).raw(base);
    }

    private static Bytes base(Object value) {
        var out = new Bytes();
        if (value instanceof Integer number) {
            return out.u8(TypeCode.INT4).u8(0).i32(number);
        }
        if (value instanceof Short number) {
            return out.u8(TypeCode.INT2).u8(0).u16(number);
        }
        if (value instanceof Long number) {
            return out.u8(TypeCode.INT8).u8(0).i64(number);
        }
        if (value instanceof Boolean flag) {
            return out.u8(TypeCode.BIT).u8(0).u8(flag ? 1 : 0);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal(out, decimal);
        }
        if (value instanceof LocalDateTime time) {
            Times.writeDatetime(out.u8(TypeCode.DATETIME).u8(0), time);
            return out;
        }
        if (value instanceof UUID guid) {
            ValueWriter.guid(out.u8(TypeCode.GUID).u8(0), guid);
            return out;
        }
        return text(out, value.toString());
    }

    private static Bytes text(Bytes out, String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_16LE);
        return out.u8(TypeCode.NVARCHAR).u8(7).raw(Collation.wire()).u16(8000).raw(bytes);
    }

    private static Bytes decimal(Bytes out, BigDecimal value) {
        var type = SqlType.numeric(38, Math.max(0, value.scale()));
        out.u8(TypeCode.NUMERICN).u8(2).u8(type.precision()).u8(type.scale());
        ValueWriter.magnitude(out, value, type);
        return out;
    }
}

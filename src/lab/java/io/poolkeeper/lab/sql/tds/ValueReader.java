// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Reads one value of a client's parameter (MS-TDS 2.2.5.2 and 2.2.5.5). */
final class ValueReader {
    private static final long NULL_CHUNKS = -1;

    private ValueReader() {}

    static Object read(ByteReader in, WireType wire) {
        return switch (wire.code()) {
            case TypeCode.NULL -> null;
            case TypeCode.INT1, TypeCode.INT2, TypeCode.INT4, TypeCode.INT8 -> number(in, fixedBytes(wire.code()));
            case TypeCode.BIT -> in.u8() != 0;
            case TypeCode.FLOAT4 -> in.f32();
            case TypeCode.FLOAT8 -> in.f64();
            case TypeCode.DATETIME -> Times.readDatetime(in);
            case TypeCode.DATETIME4 -> Times.readSmallDatetime(in);
            case TypeCode.MONEY -> money(in, 8);
            case TypeCode.MONEY4 -> money(in, 4);
            case TypeCode.NVARCHAR, TypeCode.NCHAR -> text(bytes(in, wire), StandardCharsets.UTF_16LE);
            case TypeCode.VARCHAR, TypeCode.CHAR -> text(bytes(in, wire), Collation.CODE_PAGE);
            case TypeCode.VARBINARY, TypeCode.BINARY -> bytes(in, wire);
            case TypeCode.TEXT, TypeCode.NTEXT, TypeCode.IMAGE -> old(in, wire.code());
            case TypeCode.VARIANT -> variant(in);
            default -> sized(in, wire);
        };
    }

    /** The types whose values have their length in one byte before them; 0 is null. */
    private static Object sized(ByteReader in, WireType wire) {
        var length = in.u8();
        if (length == 0) {
            return null;
        }
        var scale = wire.type().scale();
        return switch (wire.code()) {
            case TypeCode.INTN -> number(in, length);
            case TypeCode.BITN -> in.u8() != 0;
            case TypeCode.FLOATN -> length == 4 ? (Object) in.f32() : (Object) in.f64();
            case TypeCode.DATETIMEN -> length == 4 ? Times.readSmallDatetime(in) : Times.readDatetime(in);
            case TypeCode.MONEYN -> money(in, length);
            case TypeCode.DECIMALN, TypeCode.NUMERICN -> decimal(in, length, scale);
            case TypeCode.GUID -> guid(in);
            case TypeCode.DATE -> Times.readDate(in);
            case TypeCode.TIME -> Times.readTime(in, scale);
            case TypeCode.DATETIME2 -> Times.readDatetime2(in, scale);
            case TypeCode.DATETIMEOFFSET -> Times.readOffset(in, scale);
            default -> throw new UnsupportedRequest("a value of type 0x" + Integer.toHexString(wire.code()));
        };
    }

    private static Number number(ByteReader in, int bytes) {
        return switch (bytes) {
            case 1 -> (short) in.u8();
            case 2 -> (short) in.u16();
            case 4 -> in.i32();
            default -> in.i64();
        };
    }

    private static int fixedBytes(int code) {
        return switch (code) {
            case TypeCode.INT1 -> 1;
            case TypeCode.INT2 -> 2;
            case TypeCode.INT4 -> 4;
            default -> 8;
        };
    }

    /** Ten-thousandths; the eight-byte form has its upper half first. */
    private static BigDecimal money(ByteReader in, int bytes) {
        var upper = bytes == 8 ? in.i32() : 0;
        var lower = in.i32();
        return BigDecimal.valueOf(bytes == 8 ? ((long) upper << 32) | (lower & 0xFFFFFFFFL) : lower, 4);
    }

    private static BigDecimal decimal(ByteReader in, int length, int scale) {
        var sign = in.u8() == 0 ? -1 : 1;
        var magnitude = in.raw(length - 1);
        for (var i = 0; i < magnitude.length / 2; i++) {
            var other = magnitude.length - 1 - i;
            var kept = magnitude[i];
            magnitude[i] = magnitude[other];
            magnitude[other] = kept;
        }
        return new BigDecimal(new BigInteger(sign, magnitude), scale);
    }

    private static UUID guid(ByteReader in) {
        var high = in.integer(4) << 32 | in.integer(2) << 16 | in.integer(2);
        return new UUID(high, Long.reverseBytes(in.i64()));
    }

    private static byte[] bytes(ByteReader in, WireType wire) {
        if (wire.isChunked()) {
            return chunks(in);
        }
        var length = in.u16();
        return length == TypeCode.LONG_MARK ? null : in.raw(length);
    }

    private static String text(byte[] bytes, Charset charset) {
        return bytes == null ? null : new String(bytes, charset);
    }

    /** Chunks until an empty one; the total before them may be unknown (all ones but the last bit). */
    private static byte[] chunks(ByteReader in) {
        if (in.i64() == NULL_CHUNKS) {
            return null;
        }
        var all = new ByteArrayOutputStream();
        for (var length = in.i32(); length != 0; length = in.i32()) {
            all.writeBytes(in.raw(length));
        }
        return all.toByteArray();
    }

    private static Object old(ByteReader in, int code) {
        var length = in.i32();
        if (length < 0) {
            return null;
        }
        var bytes = in.raw(length);
        return switch (code) {
            case TypeCode.TEXT -> new String(bytes, Collation.CODE_PAGE);
            case TypeCode.NTEXT -> new String(bytes, StandardCharsets.UTF_16LE);
            default -> bytes;
        };
    }

    private static Object variant(ByteReader in) {
        if (in.i32() == 0) {
            return null;
        }
        throw new UnsupportedRequest("a parameter of type sql_variant");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rows as bytes: each value with its kind before it. */
final class RowCodec {
    private static final int NULL = 0;
    private static final int BOOLEAN = 1;
    private static final int INTEGER = 2;
    private static final int LONG = 3;
    private static final int DECIMAL = 4;
    private static final int FLOAT = 5;
    private static final int DOUBLE = 6;
    private static final int TEXT = 7;
    private static final int BYTES = 8;
    private static final int GUID = 9;
    private static final int DATE = 10;
    private static final int TIME = 11;
    private static final int DATE_TIME = 12;
    private static final int OFFSET_TIME = 13;

    private RowCodec() {}

    /** Writes a row; null for no row. */
    static void write(DataOutputStream out, List<Object> row) throws IOException {
        out.writeShort(row == null ? -1 : row.size());
        if (row != null) {
            for (var value : row) {
                writeValue(out, value);
            }
        }
    }

    /** Reads a row; null for no row. */
    static List<Object> read(DataInputStream in) throws IOException {
        var size = in.readShort();
        if (size < 0) {
            return null;
        }
        var row = new ArrayList<>(size);
        for (var i = 0; i < size; i++) {
            row.add(readValue(in));
        }
        return row;
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream out, byte... bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 0) {
            throw new IOException("a value of " + length + " bytes");
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("a value of " + length + " bytes ends too soon");
        }
        return bytes;
    }

    private static void writeValue(DataOutputStream out, Object value) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Boolean flag) {
            out.writeByte(BOOLEAN);
            out.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            out.writeByte(INTEGER);
            out.writeInt(((Number) value).intValue());
        } else if (value instanceof Long number) {
            out.writeByte(LONG);
            out.writeLong(number);
        } else if (value instanceof BigDecimal decimal) {
            out.writeByte(DECIMAL);
            out.writeInt(decimal.scale());
            writeBytes(out, decimal.unscaledValue().toByteArray());
        } else if (value instanceof Float number) {
            out.writeByte(FLOAT);
            out.writeFloat(number);
        } else if (value instanceof Double number) {
            out.writeByte(DOUBLE);
            out.writeDouble(number);
        } else if (value instanceof byte[] bytes) {
            out.writeByte(BYTES);
            writeBytes(out, bytes);
        } else {
            out.writeByte(kind(value));
            writeText(out, value.toString());
        }
    }

    private static int kind(Object value) {
        if (value instanceof String) {
            return TEXT;
        }
        if (value instanceof UUID) {
            return GUID;
        }
        if (value instanceof LocalDate) {
            return DATE;
        }
        if (value instanceof LocalTime) {
            return TIME;
        }
        if (value instanceof LocalDateTime) {
            return DATE_TIME;
        }
        if (value instanceof OffsetDateTime) {
            return OFFSET_TIME;
        }
        throw new IllegalArgumentException(
                "no way to back up a " + value.getClass().getName());
    }

    private static Object readValue(DataInputStream in) throws IOException {
        var kind = in.readByte();
        return switch (kind) {
            case NULL -> null;
            case BOOLEAN -> in.readBoolean();
            case INTEGER -> in.readInt();
            case LONG -> in.readLong();
            case DECIMAL -> {
                var scale = in.readInt();
                yield new BigDecimal(new BigInteger(readBytes(in)), scale);
            }
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case BYTES -> readBytes(in);
            case TEXT -> readText(in);
            case GUID -> UUID.fromString(readText(in));
            case DATE -> LocalDate.parse(readText(in));
            case TIME -> LocalTime.parse(readText(in));
            case DATE_TIME -> LocalDateTime.parse(readText(in));
            case OFFSET_TIME -> OffsetDateTime.parse(readText(in));
            default -> throw new IOException("a value of kind " + kind);
        };
    }
}

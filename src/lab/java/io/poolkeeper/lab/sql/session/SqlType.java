// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

/**
 * The type of a column or parameter, in SQL Server's terms.
 *
 * @param kind the type's name
 * @param length characters or bytes of a text or binary type; {@link #MAX} for {@code (max)}; else 0
 * @param precision digits of a decimal; else 0
 * @param scale digits behind the point of a decimal, or of a second; else 0
 */
public record SqlType(Kind kind, int length, int precision, int scale) {
    /** The length of {@code nvarchar(max)}, {@code varchar(max)} and {@code varbinary(max)}. */
    public static final int MAX = -1;

    public static final SqlType BIT = new SqlType(Kind.BIT, 0, 0, 0);
    public static final SqlType TINYINT = new SqlType(Kind.TINYINT, 0, 0, 0);
    public static final SqlType SMALLINT = new SqlType(Kind.SMALLINT, 0, 0, 0);
    public static final SqlType INT = new SqlType(Kind.INT, 0, 0, 0);
    public static final SqlType BIGINT = new SqlType(Kind.BIGINT, 0, 0, 0);
    public static final SqlType REAL = new SqlType(Kind.REAL, 0, 0, 0);
    public static final SqlType FLOAT = new SqlType(Kind.FLOAT, 0, 0, 0);
    public static final SqlType DATE = new SqlType(Kind.DATE, 0, 0, 0);
    public static final SqlType DATETIME = new SqlType(Kind.DATETIME, 0, 0, 3);
    public static final SqlType DATETIME2 = new SqlType(Kind.DATETIME2, 0, 0, 7);
    public static final SqlType TIME = new SqlType(Kind.TIME, 0, 0, 7);
    public static final SqlType DATETIMEOFFSET = new SqlType(Kind.DATETIMEOFFSET, 0, 0, 7);
    public static final SqlType UNIQUEIDENTIFIER = new SqlType(Kind.UNIQUEIDENTIFIER, 0, 0, 0);
    public static final SqlType VARIANT = new SqlType(Kind.SQL_VARIANT, 0, 0, 0);
    public static final SqlType SYSNAME = nvarchar(128);

    /** The types that the stand-in knows. */
    public enum Kind {
        BIT,
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        NUMERIC,
        REAL,
        FLOAT,
        DATE,
        DATETIME,
        DATETIME2,
        TIME,
        DATETIMEOFFSET,
        NVARCHAR,
        VARCHAR,
        CHAR,
        NCHAR,
        VARBINARY,
        BINARY,
        UNIQUEIDENTIFIER,
        SQL_VARIANT
    }

    /** {@code nvarchar(length)}; more than 4,000 characters are {@code nvarchar(max)}. */
    public static SqlType nvarchar(int length) {
        return new SqlType(Kind.NVARCHAR, length > 4000 ? MAX : length, 0, 0);
    }

    /** {@code varchar(length)}; more than 8,000 characters are {@code varchar(max)}. */
    public static SqlType varchar(int length) {
        return new SqlType(Kind.VARCHAR, length > 8000 ? MAX : length, 0, 0);
    }

    /** {@code char(length)}. */
    public static SqlType character(int length) {
        return new SqlType(Kind.CHAR, length, 0, 0);
    }

    /** {@code nchar(length)}. */
    public static SqlType nchar(int length) {
        return new SqlType(Kind.NCHAR, length, 0, 0);
    }

    /** {@code varbinary(length)}; more than 8,000 bytes are {@code varbinary(max)}. */
    public static SqlType varbinary(int length) {
        return new SqlType(Kind.VARBINARY, length > 8000 ? MAX : length, 0, 0);
    }

    /** {@code numeric(precision, scale)}, at most 38 digits. */
    public static SqlType numeric(int precision, int scale) {
        return new SqlType(Kind.NUMERIC, 0, Math.min(precision, 38), scale);
    }

    /** Whether this is one of the {@code (max)} types. */
    public boolean isMax() {
        return length == MAX;
    }
}

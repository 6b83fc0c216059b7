// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Dates and times as the wire has them (MS-TDS 2.2.5.5.1.8 and 2.2.5.5.1.9). */
final class Times {
    private static final LocalDate YEAR_1 = LocalDate.of(1, 1, 1);
    private static final LocalDate YEAR_1900 = LocalDate.of(1900, 1, 1);
    private static final long TICKS_A_DAY = 24L * 60 * 60 * 300;
    private static final long NANOS_A_SECOND = 1_000_000_000;

    private Times() {}

    /** Days since 1900, then three-hundredths of a second since midnight. */
    static void writeDatetime(Bytes out, LocalDateTime value) {
        var ticks = Math.round(value.toLocalTime().toNanoOfDay() * 300.0 / NANOS_A_SECOND);
        var days = ChronoUnit.DAYS.between(YEAR_1900, value.toLocalDate());
        if (ticks == TICKS_A_DAY) {
            days++;
            ticks = 0;
        }
        out.i32((int) days).i32((int) ticks);
    }

    static LocalDateTime readDatetime(ByteReader in) {
        var days = in.i32();
        var ticks = in.i32();
        var millis = Math.round(ticks * 10 / 3.0);
        return YEAR_1900.plusDays(days).atStartOfDay().plus(millis, ChronoUnit.MILLIS);
    }

    /** Days since 1900, then minutes since midnight. */
    static LocalDateTime readSmallDatetime(ByteReader in) {
        return YEAR_1900.plusDays(in.u16()).atStartOfDay().plusMinutes(in.u16());
    }

    static void writeDate(Bytes out, LocalDate value) {
        out.u24(ChronoUnit.DAYS.between(YEAR_1, value));
    }

    static LocalDate readDate(ByteReader in) {
        return YEAR_1.plusDays(in.integer(3));
    }

    static void writeTime(Bytes out, LocalTime value, int scale) {
        out.integer(value.toNanoOfDay() / nanosAUnit(scale), timeBytes(scale));
    }

    static LocalTime readTime(ByteReader in, int scale) {
        return LocalTime.ofNanoOfDay(in.integer(timeBytes(scale)) * nanosAUnit(scale));
    }

    static void writeDatetime2(Bytes out, LocalDateTime value, int scale) {
        writeTime(out, value.toLocalTime(), scale);
        writeDate(out, value.toLocalDate());
    }

    static LocalDateTime readDatetime2(ByteReader in, int scale) {
        var time = readTime(in, scale);
        return readDate(in).atTime(time);
    }

    /** The instant in UTC, then the offset in minutes. */
    static void writeOffset(Bytes out, OffsetDateTime value, int scale) {
        writeDatetime2(out, value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), scale);
        out.u16(value.getOffset().getTotalSeconds() / 60);
    }

    static OffsetDateTime readOffset(ByteReader in, int scale) {
        var utc = readDatetime2(in, scale).atOffset(ZoneOffset.UTC);
        return utc.withOffsetSameInstant(ZoneOffset.ofTotalSeconds((short) in.u16() * 60));
    }

    /** Bytes of a time of day with so many digits behind the second. */
    static int timeBytes(int scale) {
        return scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
    }

    private static long nanosAUnit(int scale) {
        var nanos = NANOS_A_SECOND;
        for (var i = 0; i < scale; i++) {
            nanos /= 10;
        }
        return nanos;
    }
}

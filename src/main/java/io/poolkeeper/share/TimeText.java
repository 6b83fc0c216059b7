// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * UTC times as {@link Instant#toString} writes them, with as many digits of the second as they need. Java's own parser and
 * printer give the same, and took a fifth of the time of a verification.
 */
final class TimeText {
    private static final int SECONDS_A_DAY = 86_400;
    private static final long YEAR_1000 = -30_610_224_000L;
    private static final long YEAR_10000 = 253_402_300_800L;
    private static final String SHORTEST = "2009-11-02T07:00:00Z";

    private TimeText() {}

    /**
     * Reads a time.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        return isPlain(text) ? plain(text) : Instant.parse(text);
    }

    /** Writes a time. */
    static String of(Instant time) {
        var seconds = time.getEpochSecond();
        if (seconds < YEAR_1000 || seconds >= YEAR_10000) {
            return time.toString();
        }
        var date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
        var second = Math.floorMod(seconds, SECONDS_A_DAY);
        var text = new StringBuilder(30);
        digits(text, date.getYear(), 1000).append('-');
        digits(text, date.getMonthValue(), 10).append('-');
        digits(text, date.getDayOfMonth(), 10).append('T');
        digits(text, second / 3600, 10).append(':');
        digits(text, second / 60 % 60, 10).append(':');
        digits(text, second % 60, 10);
        fraction(text, time.getNano());
        return text.append('Z').toString();
    }

    private static void fraction(StringBuilder text, int nano) {
        if (nano == 0) {
            return;
        }
        text.append('.');
        if (nano % 1_000_000 == 0) {
            digits(text, nano / 1_000_000, 100);
        } else if (nano % 1_000 == 0) {
            digits(text, nano / 1_000, 100_000);
        } else {
            digits(text, nano, 100_000_000);
        }
    }

    private static StringBuilder digits(StringBuilder text, int number, int first) {
        for (var place = first; place > 0; place /= 10) {
            text.append((char) ('0' + number / place % 10));
        }
        return text;
    }

    /** Whether it has the form of {@link #SHORTEST}, with or without a fraction. */
    private static boolean isPlain(String text) {
        var last = text.length() - 1;
        if (last < SHORTEST.length() - 1 || last > 29 || text.charAt(last) != 'Z') {
            return false;
        }
        for (var i = 0; i < last; i++) {
            var expected = i < SHORTEST.length() - 1 ? SHORTEST.charAt(i) : i == 19 ? '.' : '0';
            var isDigit = text.charAt(i) >= '0' && text.charAt(i) <= '9';
            var wantsDigit = expected >= '0' && expected <= '9';
            if (wantsDigit ? !isDigit : text.charAt(i) != expected) {
                return false;
            }
        }
        return last != 20; // a point without digits
    }

    private static Instant plain(String text) {
        var hour = number(text, 11, 13);
        var minute = number(text, 14, 16);
        var second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text); // says what is wrong, and knows leap seconds
        }
        var day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        var nano = 0;
        for (int i = 20, place = 100_000_000; i < text.length() - 1; i++, place /= 10) {
            nano += (text.charAt(i) - '0') * place;
        }
        return Instant.ofEpochSecond(day * SECONDS_A_DAY + hour * 3600L + minute * 60L + second, nano);
    }

    private static int number(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.Timestamp;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The third argument of CONVERT: how a time becomes a text. */
public final class DateStyles {
    private static final Map<Integer, String> PATTERNS = Map.ofEntries(
            Map.entry(20, "yyyy-MM-dd HH:mm:ss"),
            Map.entry(120, "yyyy-MM-dd HH:mm:ss"),
            Map.entry(21, "yyyy-MM-dd HH:mm:ss.SSS"),
            Map.entry(121, "yyyy-MM-dd HH:mm:ss.SSS"),
            Map.entry(23, "yyyy-MM-dd"),
            Map.entry(102, "yyyy.MM.dd"),
            Map.entry(108, "HH:mm:ss"),
            Map.entry(112, "yyyyMMdd"),
            Map.entry(126, "yyyy-MM-dd'T'HH:mm:ss.SSS"));

    private DateStyles() {}

    /** LAB_STYLE(time, style); styles that the lab does not know are an error, not a guess. */
    public static String text(Timestamp time, int style) {
        if (time == null) {
            return null;
        }
        var pattern = PATTERNS.get(style);
        if (pattern == null) {
            throw new IllegalArgumentException("CONVERT with style " + style);
        }
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time.toLocalDateTime());
    }
}

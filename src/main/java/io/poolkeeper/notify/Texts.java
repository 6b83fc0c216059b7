// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import io.poolkeeper.step.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How sizes, times and foreign text are written for people. */
final class Texts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

    private Texts() {}

    /** {@code 1.4 MB}; nothing for 0. */
    static String size(long bytes) {
        return bytes == 0 ? "" : Sizes.text(bytes);
    }

    /** {@code 3.2 s}; nothing if one of the two is missing. */
    static String took(@Nullable Instant from, @Nullable Instant to) {
        if (from == null || to == null) {
            return "";
        }
        var span = Duration.between(from, to);
        return span.toMinutes() >= 2
                ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
                : String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }

    /** In the site's zone, with its offset. */
    static String time(@Nullable Instant instant, ZoneId zone) {
        return instant == null ? "" : TIME.format(instant.atZone(zone));
    }

    /** Text inside HTML. */
    static String html(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;");
    }

    /** Text inside the Markdown of an Adaptive Card, whose marks would otherwise vanish. */
    static String markdown(@Nullable String text) {
        return text == null ? "" : text.replaceAll("([\\\\*_\\[\\]`~])", "\\\\$1");
    }

    /** At most that many characters, with a mark where something is missing. */
    static String shorten(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** A word, or nothing. */
    static String word(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}

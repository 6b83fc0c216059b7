// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The promise in one sentence: {@code Restorable to 02:14 today in 47 min. Proven 3 days ago; the proof expires in 4 days.} */
final class RestorableLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private final ZoneId zone;
    private final Instant now;

    RestorableLine(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    String text(
            @Nullable Instant to,
            @Nullable Long seconds,
            @Nullable Instant proven,
            @Nullable Instant expires,
            List<String> obstacles,
            List<String> unproven) {
        if (to == null) {
            return "NOT RESTORABLE: " + (obstacles.isEmpty() ? "no part is required" : String.join("; ", obstacles));
        }
        var promise = "Restorable to " + when(to)
                + (seconds == null ? ", time not measured. " : " in " + span(Duration.ofSeconds(seconds)) + ". ");
        if (proven == null || expires == null) {
            var first = unproven.isEmpty()
                    ? ""
                    : ": " + unproven.get(0) + (unproven.size() > 1 ? " and " + (unproven.size() - 1) + " more" : "");
            return promise + "Not proven" + first + ".";
        }
        return promise + "Proven " + ago(proven) + "; the proof "
                + (expires.isAfter(now)
                        ? "expires in " + span(Duration.between(now, expires)) + "."
                        : "expired " + span(Duration.between(expires, now)) + " ago.");
    }

    private String when(Instant instant) {
        var local = instant.atZone(zone);
        var today = LocalDate.ofInstant(now, zone);
        var day = local.toLocalDate();
        if (day.equals(today)) {
            return TIME.format(local) + " today";
        }
        return TIME.format(local) + (day.equals(today.minusDays(1)) ? " yesterday" : " on " + day);
    }

    private String ago(Instant instant) {
        var age = Duration.between(instant, now);
        return age.compareTo(Duration.ofMinutes(1)) < 0 ? "just now" : span(age) + " ago";
    }

    /** Rounded to what a person says. */
    static String span(Duration span) {
        if (span.compareTo(Duration.ofDays(2)) >= 0) {
            return Math.round(span.toHours() / 24.0) + " days";
        }
        if (span.compareTo(Duration.ofHours(2)) >= 0) {
            return span.toHours() + " h"
                    + (span.toMinutesPart() > 0 && span.toHours() < 10 ? " " + span.toMinutesPart() + " min" : "");
        }
        return span.compareTo(Duration.ofMinutes(2)) >= 0
                ? span.toMinutes() + " min"
                : Math.max(1, span.toSeconds()) + " s";
    }
}

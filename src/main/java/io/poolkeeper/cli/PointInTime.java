// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** A time that somebody typed. */
final class PointInTime {
    private PointInTime() {}

    /**
     * Reads ISO 8601, with a blank or a T between date and time: an instant with Z or an offset, or a local time.
     *
     * @param zone of a local time
     * @throws WrongUsage if it is not one, or a local time that the zone's clocks showed never or twice
     */
    static Instant parse(String text, ZoneId zone) {
        var iso = text.strip().replaceFirst("^([0-9-]{10}) ", "$1T");
        try {
            return iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : local(iso, zone);
        } catch (DateTimeException e) {
            throw new WrongUsage("'" + text + "' is no time. HINT: write 2026-11-27T02:14 (in " + zone
                    + ") or 2026-11-27T01:14:00Z");
        }
    }

    private static Instant local(String iso, ZoneId zone) {
        var time = LocalDateTime.parse(iso);
        var offsets = zone.getRules().getValidOffsets(time);
        if (offsets.size() == 1) {
            return time.toInstant(offsets.get(0));
        }
        throw new WrongUsage(
                offsets.isEmpty()
                        ? "in " + zone + " no clock showed " + time + ". HINT: write the time in UTC, with Z"
                        : "in " + zone + " the clocks showed " + time + " twice. HINT: add " + offsets.get(0) + " or "
                                + offsets.get(1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** Quartz cron expressions without a scheduler. */
public final class Cron {
    private Cron() {}

    /** Whether Quartz accepts it. */
    public static boolean isValid(String expression) {
        return CronExpression.isValidExpression(expression);
    }

    /** The first due time after an instant, if there is one. */
    public static Optional<Instant> next(String expression, ZoneId zone, Instant after) {
        try {
            var cron = new CronExpression(expression);
            cron.setTimeZone(TimeZone.getTimeZone(zone));
            return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a Quartz cron expression", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a server beside ours. SQL Server writes its log, and reads STOPAT, in its own local time.
 *
 * @param at when it was read, UTC by our clock
 * @param offsetMinutes its local time less its UTC
 * @param skewMillis its UTC less ours
 */
record ServerClock(Instant at, int offsetMinutes, long skewMillis) {
    /** GETDATE and GETUTCDATE count in 3.33 ms and are there since 2000. */
    static final String QUESTION = "SELECT CONVERT(varchar(23), GETUTCDATE(), 126) AS utc,"
            + " DATEDIFF(second, GETUTCDATE(), GETDATE()) AS offset_seconds";

    static ServerClock ask(Statements statements) throws SQLException {
        var before = Instant.now();
        var row = statements.ask(QUESTION).get(0);
        var after = Instant.now();
        return of(row, before.plus(Duration.between(before, after).dividedBy(2)));
    }

    /** What the server answered when another clock showed an instant. */
    static ServerClock of(Row row, Instant ours) throws SQLException {
        var utc = row.time("utc").toInstant(ZoneOffset.UTC);
        return new ServerClock(
                ours,
                quarters((int) row.number("offset_seconds")) * 15,
                Duration.between(ours, utc).toMillis());
    }

    /** The two functions are read one after the other; offsets are whole quarters of an hour. */
    private static int quarters(int seconds) {
        return Math.round(seconds / 900f);
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", at.toString())
                .put("offsetMinutes", offsetMinutes)
                .put("skewMillis", skewMillis);
    }

    /** What a capture recorded; null in sets of earlier releases. */
    static @Nullable ServerClock of(@Nullable JsonNode recorded) {
        var clock = recorded == null ? null : recorded.get("clock");
        return clock == null
                ? null
                : new ServerClock(
                        Instant.parse(clock.path("at").asText()),
                        clock.path("offsetMinutes").asInt(),
                        clock.path("skewMillis").asLong());
    }

    /**
     * What the server's clock showed at an instant. Where it followed the site's zone when it was read it is taken to have
     * followed it then too, so a change to daylight saving time in between does no harm.
     */
    LocalDateTime local(Instant instant, ZoneId zone) {
        var offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        var followed = zone.getRules().getOffset(at).equals(offset);
        return LocalDateTime.ofInstant(
                instant.plusMillis(skewMillis), followed ? zone.getRules().getOffset(instant) : offset);
    }
}

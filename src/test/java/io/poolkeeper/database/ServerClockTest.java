// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.schema.Json;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

    @Test
    void showsWhatTheServersClockShowed() {
        var fiveHoursBehindAndTenMinutesFast = new ServerClock(Instant.parse("2026-11-27T00:00:00Z"), -300, 600_000);

        assertThat(fiveHoursBehindAndTenMinutesFast.local(Instant.parse("2026-11-26T23:00:00Z"), AMSTERDAM))
                .isEqualTo(LocalDateTime.parse("2026-11-26T18:10:00"));
    }

    @Test
    void knowsThatAServerInTheSitesZoneHadSummerTimeBeforeTheClocksWereSetBack() {
        var readInWinter = new ServerClock(Instant.parse("2026-10-25T01:30:00Z"), 60, 0);

        assertThat(readInWinter.local(Instant.parse("2026-10-25T00:30:00Z"), AMSTERDAM))
                .isEqualTo(LocalDateTime.parse("2026-10-25T02:30:00"));
    }

    @Test
    void survivesItsWayThroughAManifest() {
        var clock = new ServerClock(Instant.parse("2026-11-27T00:00:00.123Z"), 330, -4);
        var recorded = Json.node(java.util.Map.of("clock", clock.json()));

        assertThat(ServerClock.of(recorded)).isEqualTo(clock);
    }

    @Test
    void isUnknownInSetsOfEarlierReleases() {
        assertThat(ServerClock.of(null)).isNull();
        assertThat(ServerClock.of(Json.node(java.util.Map.of()))).isNull();
    }
}

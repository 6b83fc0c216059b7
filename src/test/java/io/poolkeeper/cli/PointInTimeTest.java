// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PointInTimeTest {
    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

    @Test
    void readsALocalTimeInTheSitesZone() {
        assertThat(PointInTime.parse("2026-11-27T02:14", AMSTERDAM)).isEqualTo(Instant.parse("2026-11-27T01:14:00Z"));
        assertThat(PointInTime.parse("2026-07-27 02:14:30", AMSTERDAM))
                .isEqualTo(Instant.parse("2026-07-27T00:14:30Z"));
    }

    @Test
    void readsAnInstantWhateverTheZone() {
        assertThat(PointInTime.parse("2026-11-27T02:14:00Z", AMSTERDAM))
                .isEqualTo(Instant.parse("2026-11-27T02:14:00Z"));
        assertThat(PointInTime.parse("2026-11-27T02:14+05:30", AMSTERDAM))
                .isEqualTo(Instant.parse("2026-11-26T20:44:00Z"));
    }

    @Test
    void asksWhichOfTwoWhenTheClocksWereSetBack() {
        assertThatThrownBy(() -> PointInTime.parse("2026-10-25T02:30", AMSTERDAM))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("twice")
                .hasMessageContaining("+02:00 or +01:00");
    }

    @Test
    void refusesATimeThatNoClockShowed() {
        assertThatThrownBy(() -> PointInTime.parse("2026-03-29T02:30", AMSTERDAM))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("no clock showed");
    }

    @Test
    void saysHowATimeIsWritten() {
        assertThatThrownBy(() -> PointInTime.parse("yesterday", AMSTERDAM))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("HINT: write 2026-11-27T02:14");
    }
}

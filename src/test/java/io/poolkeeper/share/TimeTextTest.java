// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @Property
    void writesWhatJavaWritesAndReadsItBack(
            @ForAll @LongRange(min = -80_000_000_000L, max = 260_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano) {
        var time = Instant.ofEpochSecond(second, nano);

        assertThat(TimeText.of(time)).isEqualTo(time.toString());
        assertThat(TimeText.parse(time.toString())).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 1_000_000, 120_000_000, 999_999_999, 45_000})
    void writesAsManyDigitsAsTheSecondNeeds(int nano) {
        var time = Instant.ofEpochSecond(1_300_000_000L, nano);

        assertThat(TimeText.of(time)).isEqualTo(time.toString());
        assertThat(TimeText.parse(time.toString())).isEqualTo(time);
    }

    @Test
    void readsTheFarthestTimesThatThereAre() {
        assertThat(TimeText.parse(TimeText.of(Instant.MAX))).isEqualTo(Instant.MAX);
        assertThat(TimeText.parse(TimeText.of(Instant.MIN))).isEqualTo(Instant.MIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2009-11-02",
                "2009-11-02T07:00:00",
                "2009-13-02T07:00:00Z",
                "2009-02-30T07:00:00Z",
                "2009-11-02T25:00:00Z",
                "2009-11-02T07:00:61Z",
                "2009-11-02T07:00:00.Z1",
                "2009-11-02 07:00:00Z",
                "2009-11-02T07:00:00,5Z"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> TimeText.parse(text)).isInstanceOf(DateTimeException.class);
    }
}

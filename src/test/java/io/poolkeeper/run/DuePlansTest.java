// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.site.TestSites;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan nightly is due at 23:00 in Amsterdam, which is 22:00 UTC in winter. */
class DuePlansTest {
    private static final Instant DUE = Instant.parse("2026-11-23T22:00:00Z");

    @TempDir
    Path folder;

    private RunStore store;
    private Instant now = DUE.minus(Duration.ofHours(1));

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void open() {
        store = RunStore.open(folder.resolve("state"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void tellsOnceOfAPlanThatDidNotStart() {
        assertThat(look()).isEmpty();

        now = DUE.plus(Duration.ofMinutes(4));
        assertThat(look()).as("within the grace").isEmpty();

        now = DUE.plus(Duration.ofMinutes(5));
        assertThat(look()).containsExactly(new DuePlans.Missed("nightly", DUE));
        assertThat(look()).isEmpty();
        assertThat(new Outbox(store, clock).due())
                .singleElement()
                .satisfies(news -> assertThat(news.message()).isEqualTo("nightly was missed"));
    }

    @Test
    void saysNothingWhenARunOfThePlanStarted() {
        look();
        now = DUE.plus(Duration.ofSeconds(1));
        new Runs(store, clock).accept(request("nightly@" + DUE));

        now = DUE.plus(Duration.ofMinutes(10));

        assertThat(look()).isEmpty();
    }

    @Test
    void aRunOfAShareThatChangedIsNotThePlan() {
        look();
        now = DUE.plus(Duration.ofSeconds(1));
        new Runs(store, clock).accept(request("change:meetings@set-1", "change"));

        now = DUE.plus(Duration.ofMinutes(10));

        assertThat(look()).containsExactly(new DuePlans.Missed("nightly", DUE));
    }

    @Test
    void noticesWhatWasMissedWhileNobodyLooked() {
        look();
        store.close();
        now = DUE.plus(Duration.ofDays(3)).plus(Duration.ofHours(1));
        store = RunStore.open(folder.resolve("state"));

        assertThat(look()).as("once, not once a day").containsExactly(new DuePlans.Missed("nightly", DUE));

        now = DUE.plus(Duration.ofDays(4)).plus(Duration.ofMinutes(6));
        assertThat(look())
                .as("a new time, a new alert")
                .containsExactly(new DuePlans.Missed("nightly", DUE.plus(Duration.ofDays(4))));
    }

    @Test
    void knowsNothingOfTimesBeforeItFirstLooked() {
        now = DUE.plus(Duration.ofHours(1));

        assertThat(look()).isEmpty();
    }

    @Test
    void followsAChangedCronExpression() {
        look();
        var later = TestSites.STANDARD.replace("0 0 23 * * ?", "0 30 23 * * ?");

        assertThat(look(later)).isEmpty();
        now = DUE.plus(Duration.ofMinutes(10));
        assertThat(look(later)).isEmpty();
        now = DUE.plus(Duration.ofMinutes(36));
        assertThat(look(later)).containsExactly(new DuePlans.Missed("nightly", DUE.plus(Duration.ofMinutes(30))));
    }

    private List<DuePlans.Missed> look() {
        return look(TestSites.STANDARD);
    }

    private List<DuePlans.Missed> look(String yaml) {
        return new DuePlans(store, TestSites.in(folder, yaml), clock, Duration.ofMinutes(5))
                .tell(missed -> Map.of("email", missed.plan() + " was missed"));
    }

    private Request request(String key) {
        return request(key, "timer");
    }

    private Request request(String key, String source) {
        return new Request(
                "backup",
                "nightly",
                io.poolkeeper.catalogue.Level.FULL,
                source,
                key,
                source,
                List.of(),
                null,
                io.poolkeeper.catalogue.Depth.CONTENT,
                false,
                null,
                now,
                Duration.ofHours(3));
    }
}

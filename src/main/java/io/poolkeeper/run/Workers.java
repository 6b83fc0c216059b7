// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.step.Presence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which workers were heard of, in memory: they say it again. */
public final class Workers {
    /** A process that was silent for so long is not listed any more. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final Clock clock;

    /**
     * When a worker was heard last.
     *
     * @param at the coordinator's clock, UTC
     */
    public record Heard(Presence presence, Instant at) {
        /** How far its clock is ahead of the coordinator's, give or take the time of a message. */
        public Duration skew() {
            return Duration.between(at, presence.at());
        }
    }

    /** Nobody was heard of yet. */
    public Workers(Clock clock) {
        this.clock = clock;
    }

    /** Notes one. */
    public void note(Presence presence) {
        var now = clock.instant();
        heard.values().removeIf(other -> other.at().isBefore(now.minus(MEMORY)));
        heard.put(presence.worker() + " " + presence.process(), new Heard(presence, now));
    }

    /** All, by name. */
    public List<Heard> all() {
        return heard.values().stream()
                .sorted(Comparator.comparing((Heard one) -> one.presence().worker())
                        .thenComparing(one -> one.presence().process()))
                .toList();
    }
}

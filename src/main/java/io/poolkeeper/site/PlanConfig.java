// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A plan of the site file: what a trigger starts.
 *
 * @param kind {@code backup}, {@code verify} or {@code drill}
 * @param cron a Quartz expression in the site's zone; absent if only people and schedulers start it
 * @param deadline how long after its due time a run must be finished
 * @param overlap {@code refuse}: a second run of the plan is refused while one is going
 * @param parts ids or short forms; empty for all
 */
public record PlanConfig(
        String name,
        String kind,
        Optional<String> cron,
        Level level,
        Optional<Duration> deadline,
        String overlap,
        List<String> parts) {
    /** Whether its runs can hold a part that has no log: one that is named like this, with or without its kind. */
    boolean captures(String named) {
        var name = named.substring(named.indexOf(':') + 1);
        return kind.equals("backup")
                && level != Level.LOG
                && (parts.isEmpty()
                        || parts.stream()
                                .anyMatch(part -> part.equalsIgnoreCase(name) || part.equalsIgnoreCase(named)));
    }
}

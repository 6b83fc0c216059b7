// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.site.Site;
import io.poolkeeper.tool.HandOffFolder;
import io.poolkeeper.tool.HostSign;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The hosts without Java that a plan counts on and that have not been seen lately: their parts would be lost. */
public final class SilentHosts {
    /** A host tells each minute that it lives; while it works at a job it tells nothing. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private SilentHosts() {}

    /** A warning for each of them, with what to do. */
    public static List<String> warnings(Site site, List<Expectation> parts, Instant now) {
        return parts.stream()
                .filter(Expectation::toCapture)
                .map(Expectation::worker)
                .distinct()
                .filter(site::worksByHandOff)
                .flatMap(worker -> warning(site, worker, now).stream())
                .toList();
    }

    private static Optional<String> warning(Site site, String worker, Instant now) {
        var folder = Objects.requireNonNull(site.workers().get(worker), worker)
                .handOff()
                .map(HandOffFolder::new)
                .orElseThrow();
        return HostSign.seenSince(folder, now.minus(SILENCE))
                ? Optional.empty()
                : Optional.of("worker " + worker + " works by hand-off, and of its host is known: "
                        + HostSign.words(folder, now)
                        + ". HINT: does its task run there every minute, or is it busy with a job? 'check' tells more");
    }
}

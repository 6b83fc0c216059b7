// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.site.Site;
import io.poolkeeper.tool.HandOffFolder;
import io.poolkeeper.tool.HostSign;
import io.poolkeeper.tool.HostText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hosts without Java that a plan counts on and that have not been seen lately, or do not know all of their databases: their
 * parts would be lost.
 */
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
                .flatMap(worker ->
                        Stream.concat(silent(site, worker, now).stream(), unknown(site, worker, parts).stream()))
                .toList();
    }

    /** Databases come without a change of the site file; a host with another one's command lines refuses all, as check says. */
    private static Optional<String> unknown(Site site, String worker, List<Expectation> parts) {
        try {
            var sign = HostSign.read(folder(site, worker));
            var missing = parts.stream()
                    .filter(part -> part.toCapture() && part.worker().equals(worker))
                    .filter(part -> part.part().kind() == Kind.DATABASE)
                    .filter(part -> sign.isPresent()
                            && HostJobs.nameOf(site, part)
                                    .filter(job -> !sign.get().can().contains(job))
                                    .isPresent())
                    .map(part -> part.part().toString())
                    .collect(Collectors.joining(", "));
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "the host of worker " + worker + " has no command lines for " + missing
                                    + ": they would fail. HINT: write its files again with 'script --host' and copy them to it");
        } catch (HostText.Unreadable | IOException e) {
            return Optional.empty(); // of which the other warning tells
        }
    }

    private static HandOffFolder folder(Site site, String worker) {
        return Objects.requireNonNull(site.workers().get(worker), worker)
                .handOff()
                .map(HandOffFolder::new)
                .orElseThrow();
    }

    private static Optional<String> silent(Site site, String worker, Instant now) {
        var folder = folder(site, worker);
        return HostSign.seenSince(folder, now.minus(SILENCE))
                ? Optional.empty()
                : Optional.of("worker " + worker + " works by hand-off, and of its host is known: "
                        + HostSign.words(folder, now)
                        + ". HINT: does its task run there every minute, or is it busy with a job? 'check' tells more");
    }
}

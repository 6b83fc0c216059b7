// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.proof;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes the restorability of a site from its vault alone. */
public final class Prover {
    private final Site site;
    private final Vault vault;

    /** Proves a site. */
    public Prover(Site site, Vault vault) {
        this.site = site;
        this.vault = vault;
    }

    /** How it stands at an instant. An unreadable vault is an obstacle, not an exception. */
    public Restorability at(Instant now) {
        try {
            return of(History.of(vault), now);
        } catch (IOException | io.poolkeeper.schema.MalformedDocument e) {
            var obstacle = "the vault cannot be read: " + e.getMessage();
            return new Restorability(null, null, null, null, List.of(obstacle), "NOT RESTORABLE: " + obstacle, null);
        }
    }

    /**
     * What is older than it may be, one sentence each: required parts whose newest good copy is, or that have none. Nothing but
     * the vault is asked, so it tells of a coordinator that is gone, too.
     *
     * @param most how old a copy may be
     */
    public List<String> older(Duration most, Instant now) {
        try {
            var history = History.of(vault);
            return history.required().isEmpty()
                    ? List.of("the vault " + vault.folder() + " holds no set with a required part")
                    : history.required().stream()
                            .flatMap(part -> older(history, part, most, now).stream())
                            .toList();
        } catch (IOException | io.poolkeeper.schema.MalformedDocument e) {
            return List.of("the vault " + vault.folder() + " cannot be read: " + e.getMessage());
        }
    }

    private Optional<String> older(History history, PartId part, Duration most, Instant now) {
        var good = history.newestGood(part);
        if (good.isEmpty()) {
            return Optional.of(part + " has no good copy: " + history.whyNone(part));
        }
        var point = good.get().point();
        if (point == null) {
            return Optional.of(part + " has a good copy, and nobody knows of when");
        }
        return point.isBefore(now.minus(most))
                ? Optional.of("the newest good copy of " + part + " is of "
                        + point.truncatedTo(ChronoUnit.SECONDS)
                                .atZone(site.zone())
                                .toOffsetDateTime() + ", "
                        + RestorableLine.span(Duration.between(point, now)) + " old; at most "
                        + RestorableLine.span(most) + " is allowed")
                : Optional.empty();
    }

    private Restorability of(History history, Instant now) {
        if (history.isEmpty()) {
            return new Restorability(
                    null,
                    null,
                    null,
                    null,
                    List.of("the vault holds no set"),
                    "NOT RESTORABLE: the vault holds no set",
                    null);
        }
        var obstacles = new ArrayList<String>();
        if (!history.knowsTheWholeSite()) {
            obstacles.add("the vault holds sets of single parts only, none of the whole site");
        }
        var unproven = new ArrayList<String>();
        var points = new HashMap<PartId, Manifest.Part>();
        var proofs = new ArrayList<Evidence.Finding>();
        for (var part : history.required()) {
            history.newestGood(part)
                    .ifPresentOrElse(
                            held -> points.put(part, held), () -> obstacles.add(part + ": " + history.whyNone(part)));
            history.newestProof(part, asked(part))
                    .ifPresentOrElse(
                            proofs::add,
                            () -> unproven.add(part + " has no evidence of depth "
                                    + asked(part).word()));
        }
        var to = obstacles.isEmpty() ? oldest(points) : null;
        var seconds = to == null ? null : criticalPath(history, points);
        var proven = unproven.isEmpty() && obstacles.isEmpty()
                ? proofs.stream()
                        .map(Evidence.Finding::at)
                        .min(Comparator.naturalOrder())
                        .orElse(null)
                : null;
        var expires = proven == null ? null : proven.plus(site.proof().within());
        var line = new RestorableLine(site.zone(), now).text(to, seconds, proven, expires, obstacles, unproven);
        obstacles.addAll(unproven);
        var directory = history.directory().map(age -> age.told(now)).orElse(null);
        return new Restorability(to, seconds, proven, expires, obstacles, line, directory);
    }

    private Depth asked(PartId part) {
        return part.kind() == Kind.DATABASE
                ? site.proof().databases()
                : site.proof().others();
    }

    private static @Nullable Instant oldest(Map<PartId, Manifest.Part> points) {
        return points.values().stream()
                .map(Manifest.Part::point)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The longest way through what depends on what; null if a part was never restored for a measurement. */
    private static @Nullable Long criticalPath(History history, Map<PartId, Manifest.Part> points) {
        var ends = new HashMap<PartId, Double>();
        for (var part : points.keySet()) {
            if (end(part, history, points, ends) == null) {
                return null;
            }
        }
        return Math.round(Math.ceil(
                ends.values().stream().mapToDouble(Double::doubleValue).max().orElse(0)));
    }

    private static @Nullable Double end(
            PartId part, History history, Map<PartId, Manifest.Part> points, Map<PartId, Double> ends) {
        if (ends.containsKey(part)) {
            return ends.get(part);
        }
        var held = points.get(part);
        if (held == null) {
            return 0.0; // not required, so nothing waits for it
        }
        var measured = history.newestProof(part, Depth.RESTORED).orElse(null);
        if (measured == null || !held.captured()) {
            return null; // nobody measured how long another product takes
        }
        var own = measured.bytes() > 0 ? measured.seconds() / measured.bytes() * held.bytes() : measured.seconds();
        var before = 0.0;
        for (var needed : held.dependsOn()) {
            var end = end(needed, history, points, ends);
            if (end == null) {
                return null;
            }
            before = Math.max(before, end);
        }
        ends.put(part, before + own);
        return before + own;
    }
}

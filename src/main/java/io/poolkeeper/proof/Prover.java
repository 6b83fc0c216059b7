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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.PartNames;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Ledger;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Chooses, for each part, the set that a verification, drill or restore looks at. */
public final class SetChoice {
    private final Vault vault;
    private final Holdings holdings;

    /** Chooses from a vault. */
    public SetChoice(Vault vault) {
        this.vault = vault;
        this.holdings = new Holdings(vault);
    }

    /**
     * The set that answers for a part.
     *
     * @param set null if no set reaches back to the wanted point in time
     * @param stopAt where replaying its log ends, UTC; null if all of it is restored
     */
    public record Chosen(
            PartId part, @Nullable String set, @Nullable Instant stopAt) {}

    /**
     * What a request is about: a named set, a moment, or the newest.
     *
     * @param verify whether the newest is looked at whatever the evidence says of it
     * @throws Course.CannotPlan if the vault cannot be used, or a name fits none or several
     */
    public List<Chosen> of(Request request, boolean verify) {
        if (request.set() != null) {
            return named(request.set(), request.parts());
        }
        if (request.at() != null) {
            return at(request.at(), request.parts());
        }
        return verify ? newest(request.parts()) : restorable(request.parts());
    }

    /**
     * The newest set of each part, whatever the evidence says of it: what a verification looks at.
     *
     * @param names ids or short forms; empty for all
     */
    private List<Chosen> newest(List<String> names) {
        return choose(names, sets -> Optional.of(new Point(sets.get(sets.size() - 1), null)));
    }

    /** The newest set that can restore each part; the newest of all if evidence speaks against each. */
    private List<Chosen> restorable(List<String> names) {
        return choose(names, sets -> last(good(sets)).or(() -> last(sets)));
    }

    /**
     * What leads each part as close to a point in time as possible and not beyond it: a log backup that reaches over it, else
     * the newest capture that had ended by then.
     */
    private List<Chosen> at(Instant at, List<String> names) {
        return choose(names, sets -> reaching(at, good(sets)).or(() -> reaching(at, sets)));
    }

    /** The parts that one set holds data of. */
    private List<Chosen> named(String set, List<String> names) {
        var entries = entries();
        var listed = entries.stream()
                .filter(entry -> entry.line().set().equals(set))
                .flatMap(entry -> entry.line().parts().keySet().stream())
                .toList();
        var parts = listed.isEmpty() ? unlisted(set, entries) : listed;
        return wanted(names, parts).stream()
                .sorted()
                .map(part -> new Chosen(part, set, null))
                .toList();
    }

    /** A capture of a part in a set. */
    private record Capture(String set, PartId part, Manifest.@Nullable Part held) {}

    /** A capture, and how far it is replayed. */
    private record Point(Capture capture, @Nullable Instant stopAt) {}

    private interface Rule {
        /** What one part is restored from; the captures are all there are, oldest first, at least one. */
        Optional<Point> choose(List<Capture> captures);
    }

    private List<Chosen> choose(List<String> names, Rule rule) {
        var captures = new TreeMap<PartId, List<Capture>>();
        for (var entry : entries()) {
            var set = entry.line().set();
            for (var part : entry.line().parts().keySet()) {
                captures.computeIfAbsent(part, none -> new ArrayList<>())
                        .add(new Capture(set, part, holdings.held(set, part).orElse(null)));
            }
        }
        captures.keySet().retainAll(wanted(names, captures.keySet()));
        return captures.entrySet().stream()
                .map(entry -> rule.choose(entry.getValue())
                        .map(point -> new Chosen(entry.getKey(), point.capture().set(), point.stopAt()))
                        .orElse(new Chosen(entry.getKey(), null, null)))
                .toList();
    }

    private static Optional<Point> last(List<Capture> captures) {
        return captures.isEmpty() ? Optional.empty() : Optional.of(new Point(captures.get(captures.size() - 1), null));
    }

    private List<Capture> good(List<Capture> captures) {
        var good = new ArrayList<Capture>();
        for (var capture : captures) {
            try {
                if (holdings.isGood(capture.set(), capture.part())) {
                    good.add(capture);
                }
            } catch (IOException | MalformedDocument e) {
                throw unusable(e);
            }
        }
        return good;
    }

    private Optional<Point> reaching(Instant at, List<Capture> captures) {
        return captures.stream()
                .filter(capture -> reachesOver(capture, at))
                .findFirst()
                .map(capture -> new Point(capture, at))
                .or(() -> captures.stream()
                        .filter(capture -> endedBy(capture.held(), at))
                        .reduce((earlier, later) -> later)
                        .map(capture -> new Point(capture, null)));
    }

    /**
     * A log backup holds what happened until it began, so one that began later can stop there; what it builds on must have
     * ended before.
     */
    private boolean reachesOver(Capture capture, Instant at) {
        var held = capture.held();
        if (held == null
                || held.level() != Level.LOG
                || held.started() == null
                || held.started().isBefore(at)) {
            return false;
        }
        for (var base = held.base(); base != null; ) {
            var below = holdings.held(base, capture.part()).orElse(null);
            if (below == null || !endedBy(below, at)) {
                return false;
            }
            base = below.base();
        }
        return true;
    }

    private static boolean endedBy(Manifest.@Nullable Part held, Instant at) {
        if (held == null) {
            return false;
        }
        var end = held.captured() ? held.finished() : held.point(); // another product's backup ended when it says
        return end != null && !end.isAfter(at);
    }

    private List<Ledger.Entry> entries() {
        try {
            return vault.ledger().entries();
        } catch (IOException | MalformedDocument e) {
            throw unusable(e);
        }
    }

    private static Course.CannotPlan unusable(Exception e) {
        return new Course.CannotPlan(
                "the vault's ledger cannot be used: " + e.getMessage() + ". HINT: name the set to look at its files");
    }

    /** A set without a ledger line can still be looked at. */
    private List<PartId> unlisted(String set, List<Ledger.Entry> entries) {
        try {
            if (!vault.sets().contains(set)) {
                throw new Course.CannotPlan("there is no set " + set + ". HINT: the sets are "
                        + String.join(
                                ", ",
                                entries.stream()
                                        .map(entry -> entry.line().set())
                                        .sorted(Comparator.reverseOrder())
                                        .limit(10)
                                        .toList()));
            }
            return vault.manifest(set).parts().stream()
                    .filter(Manifest.Part::held)
                    .map(Manifest.Part::part)
                    .toList();
        } catch (IOException | MalformedDocument e) {
            throw unusable(e);
        }
    }

    private static List<PartId> wanted(List<String> names, java.util.Collection<PartId> parts) {
        if (names.isEmpty()) {
            return List.copyOf(parts);
        }
        try {
            return PartNames.resolve(names, parts);
        } catch (PartNames.NotOnePart e) {
            throw new Course.CannotPlan(String.valueOf(e.getMessage()));
        }
    }
}

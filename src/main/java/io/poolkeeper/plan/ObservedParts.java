// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Observation;
import io.poolkeeper.site.Site;
import java.util.List;

/** The parts that another product backs up: because the site file names them, or by the company's standard. */
final class ObservedParts {
    private final Site site;

    ObservedParts(Site site) {
        this.site = site;
    }

    /** Parts that the file wants watched although neither catalogue nor discovery know them. */
    List<Expectation> more(List<Expectation> known) {
        var ids = known.stream().map(Expectation::part).toList();
        return site.observed().stream()
                .filter(observation -> PartNames.find(observation.part(), ids).isEmpty())
                .map(this::unknown)
                .toList();
    }

    private Expectation unknown(Observation observation) {
        var part = PartId.parse(observation.part());
        var nowhere = part.kind() == Kind.DATABASE && !site.sql().containsKey(part.owner());
        return new Expectation(
                part,
                Disposition.REQUIRED,
                Method.OBSERVED,
                null,
                "the site file wants it watched",
                Site.LOCAL,
                nowhere ? "no database is called " + part.name() : null,
                nowhere ? "write its whole name under observed, e.g. database:<sql key>/" + part.leaf() : null,
                List.of());
    }

    /** What people export by hand is no longer left to them once the site file says where they leave it. */
    Expectation byHand(Expectation part) {
        return part.method() == Method.MANUAL && site.said(part.part()).isPresent()
                ? part.decided(Disposition.REQUIRED, "the site file says where it is left; " + part.reason())
                : part;
    }

    /** The part as it is observed, if it is. */
    Expectation of(Expectation part) {
        var observed =
                part.method() == Method.OBSERVED || site.said(part.part()).isPresent();
        if (!observed || !part.disposition().captured()) {
            return part;
        }
        var watched = part.observed();
        return part.part().kind() == Kind.DATABASE
                        || site.observation(part.part()).path().isPresent()
                ? watched
                : watched.failed(
                        "nobody said where the other product leaves the backups of " + part.part(),
                        "add under observed: {part: '" + part.part() + "', folder: ..}");
    }
}

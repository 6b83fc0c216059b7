// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.notify.News;
import io.poolkeeper.observed.NewestExport;
import io.poolkeeper.run.ChangeRuns;
import io.poolkeeper.run.Outbox;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Ledger;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Observation;
import io.poolkeeper.site.Site;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a newer export of a watched part into a run of that part: bean {@code exportChanges}.
 *
 * <p>Nothing is heard, the folder is looked at: files on a file server tell nobody. An export is new if the newest set with the
 * part recorded another one. The key of such a run is the part and the export, so that it is asked for once, however often it is
 * seen; if that run fails, the plans go on and take it.
 */
public final class ExportChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ExportChanges.class);

    private final Site site;
    private final Vault vault;
    private final ChangeRuns runs;
    private final Outbox outbox;
    private final News news;
    private final Clock clock;
    private final Map<String, State> states = new LinkedHashMap<>();

    /** What is known of one part; its route's thread alone uses it. */
    private static final class State {
        private final Observation observation;
        private @Nullable NewestExport settled;
        private boolean troubled;

        State(Observation observation) {
            this.observation = observation;
        }
    }

    /** Watches over the exports that the site file wants watched. */
    ExportChanges(Site site, Vault vault, ChangeRuns runs, Outbox outbox, News news, Clock clock) {
        this.site = site;
        this.vault = vault;
        this.runs = runs;
        this.outbox = outbox;
        this.news = news;
        this.clock = clock;
        watched(site).forEach(observation -> states.put(observation.part(), new State(observation)));
    }

    /** What the site file wants watched. */
    static List<Observation> watched(Site site) {
        return site.observed().stream()
                .filter(observation -> observation.watch().isPresent())
                .toList();
    }

    /** Asks for a run of a part if there is an export that no set knows and no run was asked for, and nothing stands in the way. */
    public Optional<Messages.Trigger> due(String part) {
        var state = Optional.ofNullable(states.get(part))
                .orElseThrow(() -> new IllegalArgumentException(part + " is not watched"));
        try {
            var newest = NewestExport.of(state.observation)
                    .filter(export -> !export.equals(state.settled))
                    .filter(export -> isQuiet(state.observation, export));
            if (newest.isPresent()) {
                return compare(state, newest.get());
            }
            state.troubled = false;
            return Optional.empty();
        } catch (IOException e) {
            trouble(
                    state,
                    "its folder cannot be read: " + e + ". HINT: bring it back, or correct folder under observed");
            return Optional.empty();
        }
    }

    private boolean isQuiet(Observation observation, NewestExport export) {
        var quiet = observation.watch().orElseThrow().quiet();
        return !clock.instant().isBefore(export.changed().plus(quiet));
    }

    private Optional<Messages.Trigger> compare(State state, NewestExport export) {
        var part = state.observation.part();
        var key = "change:" + part + "@" + export.name() + "@" + export.changed();
        var plan = site.watchPlan(state.observation).orElseThrow();
        try {
            var known = runs.knows(key) || isHeld(state.observation, export);
            state.troubled = false;
            if (known) {
                state.settled = export;
                return Optional.empty();
            }
        } catch (IOException | MalformedDocument e) {
            trouble(
                    state,
                    "the vault cannot be read: " + e.getMessage() + ". HINT: check its volume, and verify its sets");
            return Optional.empty();
        }
        if (runs.isGoingOn(plan.name())) {
            return Optional.empty();
        }
        LOG.info("{}: {} is new; asking for a run", part, export.name());
        return Optional.of(new Messages.Trigger(plan.name(), key, List.of(part), ChangeRuns.SOURCE));
    }

    private boolean isHeld(Observation observation, NewestExport export) throws IOException {
        var newest = vault.ledger().entries().stream()
                .map(Ledger.Entry::line)
                .filter(line -> line.parts().keySet().stream()
                        .anyMatch(held -> observation.names(held) || observation.fits(held)))
                .reduce((earlier, later) -> later);
        return newest.isPresent()
                && vault.manifest(newest.get().set()).parts().stream()
                        .filter(held -> observation.names(held.part()) || observation.fits(held.part()))
                        .anyMatch(held -> held.recorded() != null && export.is(held.recorded()));
    }

    /** Told once, until folder and vault were looked at without trouble. */
    private void trouble(State state, String why) {
        if (state.troubled) {
            return;
        }
        state.troubled = true;
        var part = state.observation.part();
        LOG.error("{} cannot be watched: {}", part, why);
        news.ofUnwatched(part, why).forEach((channel, message) -> outbox.add(null, channel, message));
    }
}

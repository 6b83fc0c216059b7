// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.notify.News;
import io.poolkeeper.plan.PreflightParts;
import io.poolkeeper.run.ChangeRuns;
import io.poolkeeper.run.Outbox;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Ledger;
import io.poolkeeper.set.Vault;
import io.poolkeeper.share.ShareScan;
import io.poolkeeper.site.ShareSource;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns changes of watched shares into runs: bean {@code shareChanges}.
 *
 * <p>What is heard, and the time for a scan, only make it look; a run is asked for if the share really differs from what the vault
 * holds. So a lost event costs a delay and no backup, and one too many costs a look and no run. What was heard is forgotten when
 * the run that was asked for is known to the run store, not before: a refused or lost message is sent again.
 *
 * <p>The key of such a run is the share and the set that it builds on. As long as no newer set holds the share, all that asks for a
 * run of it means the same one, whoever asks and however often; if that run failed, the next is its second try.
 */
public final class ShareChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ShareChanges.class);

    private final Site site;
    private final Vault vault;
    private final ChangeRuns runs;
    private final Outbox outbox;
    private final News news;
    private final Duration patience;
    private final Clock clock;
    private final Map<String, State> states = new LinkedHashMap<>();
    private volatile boolean stopped;

    /** What is known of one share; what was asked is the looking thread's alone. */
    private static final class State {
        private final ShareSource share;
        private final AtomicLong heard = new AtomicLong();
        private long settled;
        private @Nullable Asked asked;
        private volatile boolean troubled;

        State(ShareSource share) {
            this.share = share;
        }

        ShareSource.Watch watch() {
            return share.watch().orElseThrow();
        }
    }

    /** A run that was asked for, and what had been heard by then. */
    private record Asked(String key, long heard, Instant at) {}

    /**
     * Watches over the shares that the site file wants watched.
     *
     * @param patience how long a message may be under way before it counts as lost
     */
    ShareChanges(Site site, Vault vault, ChangeRuns runs, Outbox outbox, News news, Duration patience, Clock clock) {
        this.site = site;
        this.vault = vault;
        this.runs = runs;
        this.outbox = outbox;
        this.news = news;
        this.patience = patience;
        this.clock = clock;
        site.shares().values().stream()
                .filter(share -> share.watch().isPresent())
                .forEach(share -> states.put(share.key(), new State(share)));
    }

    /** Gathers what was heard, one after the other. */
    public Changed gather(@Nullable Changed before, Changed now) {
        return before == null ? now : before.and(now);
    }

    /** Whether a share has been restless for as long as anybody wants to wait for it. */
    public boolean hasWaited(Changed changed, String atMost) {
        return !clock.instant().isBefore(changed.since().plus(Duration.parse(atMost)));
    }

    /** A share was quiet after changes, or is to be compared with the vault whatever was heard. */
    public void wake(String share) {
        state(share).heard.incrementAndGet();
    }

    /** Changes of a share are heard from now on; what happened before is for a scan to find. */
    void began(String share) {
        LOG.info("share {}: its changes are heard", share);
        wake(share);
    }

    /** Changes of a share are not heard any more. */
    void ended(String share, String why) {
        trouble(state(share), why);
    }

    /**
     * Asks for a run of a share if there was reason to look, nothing stands in the way, and it is different from what the vault
     * holds. Called every few seconds; cheap unless something was heard.
     */
    public Optional<Messages.Trigger> due(String share) {
        var state = state(share);
        if (isSettled(state)) {
            return Optional.empty();
        }
        if (!new PreflightParts(site).share(share)) {
            state.settled = state.heard.get(); // somebody decided that it is not captured
            return Optional.empty();
        }
        var plan = site.watchPlan(state.share).orElseThrow();
        try {
            return runs.isGoingOn(plan.name()) || tooSoon(state) ? Optional.empty() : compare(state, plan.name());
        } catch (IOException | MalformedDocument e) {
            trouble(
                    state,
                    "the vault cannot be read: " + e.getMessage() + ". HINT: check its volume, and verify its sets");
            return Optional.empty();
        }
    }

    private boolean isSettled(State state) {
        var asked = state.asked;
        if (asked != null && runs.knows(asked.key())) {
            state.settled = asked.heard();
            state.asked = null;
        }
        if (state.asked != null && clock.instant().isBefore(state.asked.at().plus(patience))) {
            return true; // it is under way
        }
        return state.heard.get() == state.settled;
    }

    private boolean tooSoon(State state) throws IOException {
        var newest = Stream.of(newest(state).map(Ledger.Line::published), runs.newest(prefix(state)))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        return newest.map(at -> at.plus(state.watch().notOftenerThan()))
                .filter(clock.instant()::isBefore)
                .isPresent();
    }

    private Optional<Ledger.Line> newest(State state) throws IOException {
        var part = part(state);
        return vault.ledger().entries().stream()
                .map(Ledger.Entry::line)
                .filter(line -> line.parts().keySet().stream()
                        .anyMatch(held -> held.toString().equals(part)))
                .reduce((earlier, later) -> later);
    }

    private Optional<Messages.Trigger> compare(State state, String plan) throws IOException {
        var heard = state.heard.get();
        try {
            var difference = new ShareScan(site, vault, this::checkStopped).difference(state.share.key());
            state.troubled = false;
            if (difference.isEmpty()) {
                state.settled = heard;
                state.asked = null;
                return Optional.empty();
            }
            var key = key(state);
            state.asked = new Asked(key, heard, clock.instant());
            LOG.info("share {}: {}; asking for a run", state.share.key(), difference.get());
            return Optional.of(new Messages.Trigger(plan, key, List.of(part(state)), ChangeRuns.SOURCE));
        } catch (StepFault e) {
            state.settled = heard;
            trouble(state, e.getMessage() + ". HINT: " + e.hint());
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    private String key(State state) throws IOException {
        var key = prefix(state) + newest(state).map(Ledger.Line::set).orElse("none");
        var tries = runs.count(key);
        return tries == 0 ? key : key + "#" + (tries + 1);
    }

    private static String prefix(State state) {
        return "change:" + state.share.key() + "@";
    }

    private static String part(State state) {
        return "share:" + state.share.key();
    }

    /** Told once, until the share was looked at without trouble. */
    private void trouble(State state, String why) {
        if (state.troubled || stopped) {
            return;
        }
        state.troubled = true;
        LOG.error("{} cannot be watched: {}", part(state), why);
        news.ofUnwatched(part(state), why).forEach((channel, message) -> outbox.add(null, channel, message));
    }

    private State state(String share) {
        return Optional.ofNullable(states.get(share))
                .orElseThrow(() -> new IllegalArgumentException("share " + share + " is not watched"));
    }

    private void checkStopped() {
        if (stopped) {
            throw new CancellationException();
        }
    }

    /** Ends what is being looked at, because the program ends. */
    void stop() {
        stopped = true;
    }
}

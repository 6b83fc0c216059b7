// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.notify.News;
import io.poolkeeper.run.DuePlans;
import io.poolkeeper.run.ProgressBoard;
import io.poolkeeper.run.ProgressBoard.Progress;
import io.poolkeeper.run.Run;
import io.poolkeeper.run.Runs;
import io.poolkeeper.run.StageClosed;
import io.poolkeeper.run.Steps;
import io.poolkeeper.run.Workers;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Vault;
import io.poolkeeper.set.VaultLock;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Presence;
import io.poolkeeper.step.Step;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches over runs: leases, deadlines, messages that were lost. Bean {@code watch}. */
public final class RunWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
    private final Runs runs;
    private final Steps steps;
    private final ProgressBoard board;
    private final Workers workers;
    private final Duration patience;
    private final Duration lease;
    private final Clock clock;
    private final Vault vault;
    private final VaultLock lock;
    private final DuePlans plans;
    private final News news;
    private volatile boolean lockFails;
    private volatile boolean discardFails;
    private volatile boolean sendFails;

    /**
     * Watches the runs of a store.
     *
     * @param settings how long a message may be under way, and a worker silent
     */
    RunWatch(
            Runs runs,
            Steps steps,
            ProgressBoard board,
            Workers workers,
            Settings settings,
            Clock clock,
            Vault vault,
            VaultLock lock,
            DuePlans plans,
            News news) {
        this.plans = plans;
        this.news = news;
        this.vault = vault;
        this.lock = lock;
        this.runs = runs;
        this.steps = steps;
        this.board = board;
        this.workers = workers;
        this.patience = settings.patience();
        this.lease = settings.lease();
        this.clock = clock;
    }

    /** A worker has taken a step. */
    public void claimed(Claim claim) {
        steps.claim(byOurClock(claim));
    }

    /** A worker lives. */
    public void alive(Object sign) {
        if (sign instanceof Presence presence) {
            workers.note(presence);
        } else if (sign instanceof Progress progress) {
            board.note(progress);
            steps.alive(byOurClock(new Claim(
                    progress.run(), progress.step(), progress.attempt(), progress.worker(), progress.leaseUntil())));
        } else {
            throw new IllegalArgumentException("not a sign of life: " + sign);
        }
    }

    /** The worker's clock may be wrong; how long to wait for it is counted from when it was heard. */
    private Claim byOurClock(Claim claim) {
        return new Claim(
                claim.run(),
                claim.step(),
                claim.attempt(),
                claim.worker(),
                clock.instant().plus(lease));
    }

    /** A step that was due is with the broker. */
    public void sent(Step step) {
        steps.sent(step);
        sendFails = false;
    }

    /**
     * The broker did not take a step that was due: it is tried again.
     *
     * @return whether this is the first that it did not take, so that somebody is told once
     */
    public boolean unsent(Step step, Throwable why) {
        steps.unsent(step);
        var isFirst = !sendFails;
        sendFails = true;
        LOG.error("step {} of run {} cannot be sent: {}", step.step(), step.run(), Parking.reason(why));
        return isFirst;
    }

    /** Runs that should be through by now. */
    public List<String> overdue() {
        renewLock();
        return runs.open().stream()
                .filter(run -> clock.instant().isAfter(run.dueBy()))
                .map(Run::id)
                .toList();
    }

    /** The sweep is also what keeps the vault's lock fresh. */
    private void renewLock() {
        try {
            lock.renew();
            lockFails = false;
        } catch (IOException e) {
            if (!lockFails) {
                LOG.warn("the vault's lock cannot be renewed: {}", e.getMessage());
            }
            lockFails = true;
        }
    }

    /** Tells of plans that were due and did not start. */
    public void tellOfMissedPlans() {
        plans.tell(missed -> news.ofMissed(missed.plan(), missed.due()))
                .forEach(missed -> LOG.error("plan {} was due at {} and has not started", missed.plan(), missed.due()));
    }

    /** Throws away what was written for runs that are closed and will publish nothing, also what a late step wrote. */
    public void discardLeftovers() {
        try {
            for (var set : vault.unpublished()) {
                if (runs.find(set).map(Run::isClosed).orElse(true)) {
                    vault.discard(set);
                }
            }
            discardFails = false;
        } catch (IOException e) {
            if (!discardFails) {
                LOG.warn("left-over partial sets in {} cannot be deleted: {}", vault.folder(), e.getMessage());
            }
            discardFails = true;
        }
    }

    /** Stages whose message was lost. */
    public List<StageClosed> forgotten() {
        return steps.forgotten(clock.instant().minus(patience));
    }

    /** Ends the open steps of a run that was cancelled or is past its deadline. */
    public List<StageClosed> abandon(String id) {
        var run = runs.find(id).orElseThrow(() -> new MessageRefused("nobody knows run " + id));
        if (run.failure() != null) {
            return steps.abandon(id, "the run failed: " + run.failure(), "see the log");
        }
        return run.cancelled() != null
                ? steps.abandon(id, "CANCELLED", "somebody stopped the run")
                : steps.abandon(
                        id,
                        "OVERDUE: not done by " + run.dueBy(),
                        "look what was slow, or give the plan a longer deadline");
    }

    /** What happened, for whoever listens. */
    public String concluded(String id) {
        board.forget(id);
        var event =
                JsonNodeFactory.instance.objectNode().put("event", "concluded").put("run", id);
        runs.find(id)
                .ifPresent(run -> event.put("kind", run.request().kind())
                        .put("plan", run.request().plan())
                        .put("exit", run.exit()));
        return Json.line(event);
    }
}

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
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Vault;
import io.poolkeeper.set.VaultLock;
import io.poolkeeper.step.Claim;
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
    private final Duration patience;
    private final Clock clock;
    private final Vault vault;
    private final VaultLock lock;
    private final DuePlans plans;
    private final News news;
    private volatile boolean lockFails;
    private volatile boolean discardFails;

    /**
     * Watches the runs of a store.
     *
     * @param patience how long a message may be under way before it counts as lost
     */
    RunWatch(
            Runs runs,
            Steps steps,
            ProgressBoard board,
            Duration patience,
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
        this.patience = patience;
        this.clock = clock;
    }

    /** A worker lives. */
    public void alive(Progress sign) {
        board.note(sign);
        steps.alive(new Claim(sign.run(), sign.step(), sign.attempt(), sign.worker(), sign.leaseUntil()));
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

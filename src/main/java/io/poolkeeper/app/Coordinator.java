// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.notify.News;
import io.poolkeeper.plan.Planner;
import io.poolkeeper.proof.Prover;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.BackupCourse;
import io.poolkeeper.run.ChangeRuns;
import io.poolkeeper.run.DeadLetters;
import io.poolkeeper.run.DuePlans;
import io.poolkeeper.run.Outbox;
import io.poolkeeper.run.ProgressBoard;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.run.RunStore;
import io.poolkeeper.run.Runs;
import io.poolkeeper.run.Stages;
import io.poolkeeper.run.Steps;
import io.poolkeeper.run.StoredCourse;
import io.poolkeeper.run.Workers;
import io.poolkeeper.set.Vault;
import io.poolkeeper.set.VaultLock;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The coordinator of one site with its local worker: run store, broker and routes, from start to stop.
 *
 * <p>Started in the order in which the parts need each other and stopped in the other; what fails in between stops what was
 * started.
 */
public final class Coordinator implements CoordinatorApi, AutoCloseable {
    /** How much later than its time a timer's run may start before somebody is told. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final Started started;
    private final Runs runs;
    private final Outbox outbox;
    private final RunStatuses statuses;
    private final Workers workers;
    private final RunWatch watch;
    private final Workflow workflow;

    private Coordinator(
            Started started,
            Runs runs,
            Outbox outbox,
            RunStatuses statuses,
            Workers workers,
            RunWatch watch,
            Workflow workflow) {
        this.started = started;
        this.runs = runs;
        this.outbox = outbox;
        this.statuses = statuses;
        this.workers = workers;
        this.watch = watch;
        this.workflow = workflow;
    }

    /**
     * What may differ between the real program and a test of it.
     *
     * @param timers whether plans start by themselves
     * @param planner makes the steps of a backup
     */
    public record Options(boolean timers, Planner planner, Clock clock) {
        /** For a verb that does one thing. */
        public static final Options ONE_SHOT = new Options(false, new Planner(), Clock.systemUTC());

        /** For {@code serve}. */
        public static final Options SERVE = new Options(true, new Planner(), Clock.systemUTC());
    }

    /**
     * Starts a coordinator on a state folder that this process owns.
     *
     * @throws NotStarted if the vault or the state folder cannot be used
     */
    public static Coordinator start(Site site, Options options) {
        var started = new Started();
        try {
            return start(site, options, started);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Coordinator start(Site site, Options options, Started started) {
        var settings = Settings.read();
        var clock = options.clock();
        var vault = Vault.of(site);
        LogFile.in(site.state().dir().resolve("log"));
        var lock = started.add(lock(vault, site, clock));
        var store = started.add(openStore(site));
        if (site.broker().isEmpty()) {
            started.add(EmbeddedBroker.start(site.state().dir().resolve("broker")));
        }

        var runs = new Runs(store, clock);
        var steps = new Steps(store, clock, settings.stepPause(), settings.lease());
        var outbox = new Outbox(store, clock);
        var board = new ProgressBoard();
        var workers = new Workers(clock);
        var news = new News(site);
        var stages = new Stages(
                store,
                clock,
                Map.of(
                        "backup", new BackupCourse(site, options.planner(), vault, clock),
                        "verify", new StoredCourse(site, vault, Action.VERIFY),
                        "drill", new StoredCourse(site, vault, Action.DRILL),
                        "restore", new StoredCourse(site, vault, Action.RESTORE)));
        var worker = new Worker(Site.LOCAL, site, vault, settings.heartbeat(), clock, run -> target(runs, run));

        var plans = new DuePlans(store, site, clock, LATE);
        var watch = new RunWatch(runs, steps, board, workers, settings, clock, vault, lock, plans, news);

        var changes = new ShareChanges(site, vault, new ChangeRuns(store), outbox, news, settings.patience(), clock);
        var exports = new ExportChanges(site, vault, new ChangeRuns(store), outbox, news, clock);

        var workflow = new Workflow(site, settings, connections(site));
        workflow.bind("messages", new Messages());
        workflow.bind("delivery", new Delivery());
        workflow.bind("replies", new Replies());
        workflow.bind("triggers", new Triggers(site, runs, clock));
        workflow.bind("triggerFolder", new TriggerFolder());
        workflow.bind("shareChanges", changes);
        workflow.bind("exportChanges", exports);
        workflow.bind("share-watch", new ShareWatchComponent(site, changes, clock));
        workflow.bind("stages", stages);
        workflow.bind("steps", steps);
        workflow.bind("senders", new Senders(site));
        workflow.bind("watch", watch);
        workflow.bind("conclusion", new Conclusion(site, vault, runs, news, new Prover(site, vault), clock));
        workflow.bind("outbox", outbox);
        workflow.bind("channels", new Channels(site, outbox));
        workflow.bind("parking", new Parking(new DeadLetters(store, clock), outbox, news, runs));
        workflow.bind("worker", worker);
        workflow.bind("publishSet", new PublishSet(site, vault, runs));
        var handOffs = new HandOffs(site, clock, workflow::handOut);
        workflow.bind("handOffs", handOffs);
        Handlers.of(site, clock, handOffs).forEach(workflow::bind);
        CoordinatorRoutes.prepare(workflow, site);
        steps.resume(Site.LOCAL, settings.heartbeat());
        workflow.start(Workflow.Role.COORDINATOR, Site.LOCAL);
        CoordinatorRoutes.serveHosts(workflow, site);
        if (options.timers()) {
            CoordinatorRoutes.startByThemselves(workflow, site);
        }
        started.add(() -> {
            changes.stop();
            worker.stopAll();
            workflow.close();
        });
        return new Coordinator(started, runs, outbox, new RunStatuses(runs, steps, board), workers, watch, workflow);
    }

    private static BrokerConnections connections(Site site) {
        if (site.broker().isEmpty()) {
            return BrokerConnections.embedded();
        }
        var connections = BrokerConnections.ofCoordinator(site.broker().get());
        connections.probe();
        return connections;
    }

    private static VaultLock lock(Vault vault, Site site, Clock clock) {
        try {
            return VaultLock.take(vault, site.state().dir(), clock);
        } catch (VaultLock.Held e) {
            throw new NotStarted(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new NotStarted(
                    "the vault " + vault.folder() + " cannot be written: " + e
                            + ". HINT: check vault.path, its volume and its permissions",
                    e);
        }
    }

    private static RunStore openStore(Site site) {
        try {
            return RunStore.open(site.state().dir());
        } catch (RuntimeException e) {
            throw new NotStarted(
                    "the run store in " + site.state().dir() + " cannot be opened: " + e.getMessage()
                            + ". HINT: it is a cache of runs; move it away if it is damaged, the vault holds what matters",
                    e);
        }
    }

    private static Optional<Path> target(Runs runs, String run) {
        return runs.find(run).map(found -> found.request().target()).map(Path::of);
    }

    @Override
    public Accepted request(Request request) {
        var accepted = runs.accept(request);
        if (accepted.isNew()) {
            workflow.startRun(accepted);
        }
        return accepted;
    }

    @Override
    public Optional<RunStatus> status(String run) {
        return runs.find(run).map(statuses::of);
    }

    @Override
    public List<RunStatus> recent(int most) {
        return runs.recent(most).stream().map(statuses::of).toList();
    }

    @Override
    public boolean cancel(String run) {
        var cancelled = runs.cancel(run);
        if (cancelled) {
            workflow.stopRun(run);
        }
        return cancelled;
    }

    /**
     * Cancels what is going on, because the program was told to stop, and waits until it has ended and left nothing that is
     * not published. What does not end in time is brought to its end by the next coordinator.
     *
     * @param patience how long to wait
     */
    public void stopRuns(Duration patience) {
        var open = runs.open();
        if (open.isEmpty()) {
            return;
        }
        open.forEach(run -> cancel(run.id()));
        var until = System.nanoTime() + patience.toNanos();
        while (!runs.open().isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        watch.discardLeftovers();
    }

    @Override
    public List<String> untold(String run) {
        return outbox.waiting(run).stream()
                .map(news -> news.channel() + ": " + (news.error() == null ? "not sent yet" : news.error()))
                .toList();
    }

    @Override
    public List<Workers.Heard> workers() {
        return workers.all();
    }

    /** Asks for a run as a message from outside would; for tests of what messages do. */
    Workflow workflow() {
        return workflow;
    }

    @Override
    public void close() {
        started.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.plan.HostJobs;
import io.poolkeeper.run.ProgressBoard.Progress;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.Names;
import io.poolkeeper.set.Release;
import io.poolkeeper.set.Vault;
import io.poolkeeper.share.SharePreview;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Presence;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.VaultFull;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.CamelExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's side of a step: claims it, gives it a place to work, tells that it lives, and makes the result. Bean {@code
 * worker}.
 */
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final String name;
    private final Site site;
    private final Vault vault;
    private final Duration heartbeat;
    private final Clock clock;
    private final Function<String, Optional<Path>> targets;
    private final Map<String, ActiveStep> active = new ConcurrentHashMap<>();

    /**
     * A worker of a site.
     *
     * @param vault as this worker sees it
     * @param heartbeat how often it tells that it lives; three missed ones and its step counts as lost
     * @param targets the folder that a restore run fills, if it names one
     */
    Worker(
            String name,
            Site site,
            Vault vault,
            Duration heartbeat,
            Clock clock,
            Function<String, Optional<Path>> targets) {
        this.name = name;
        this.site = site;
        this.vault = vault;
        this.heartbeat = heartbeat;
        this.clock = clock;
        this.targets = targets;
    }

    /** Says that this worker has the step now. */
    public Claim claim(Step step) {
        var attempt = vault.attempt(step.set() == null ? step.run() : step.set(), step.attemptName());
        active.put(key(step), new ActiveStep(step, doer(step), vault.folder(), attempt, sandbox(step), clock));
        return new Claim(step.run(), step.step(), step.attempt(), doer(step), lease());
    }

    /** Whose name a step is done in: the coordinator does those of a host without Java for it. */
    private String doer(Step step) {
        return name.equals(Site.LOCAL) && site.worksByHandOff(step.worker()) ? step.worker() : name;
    }

    /**
     * A folder of the part's own: below the folder that was named for a restore, else below the state folder; for a share
     * that is restored in place the share itself.
     */
    private Path sandbox(Step step) {
        var named = step.action() == Action.RESTORE ? targets.apply(step.run()) : Optional.<Path>empty();
        if (named.isEmpty() && step.place() != Place.BESIDE && step.part().kind() == Kind.SHARE) {
            return SharePreview.inPlace(site, step.part());
        }
        if (named.isEmpty() && step.action() == Action.RESTORE && step.place() == Place.BESIDE) {
            throw new IllegalStateException("run " + step.run() + " names no folder to restore into");
        }
        var base = named.orElseGet(() -> site.state().dir().resolve("sandbox").resolve(step.run()));
        return base.resolve(step.part().kind().word())
                .resolve(Names.encode(step.part().name()));
    }

    /**
     * Gives a claimed step its place to work.
     *
     * @throws PermanentFault if it came too late, or was made for another site file
     */
    public io.poolkeeper.step.Work begin(Step step) {
        var work = active.get(key(step));
        if (work == null) {
            throw new PermanentFault(
                    "step " + step.step() + " was not claimed", "this is an error of Poolkeeper: report it");
        }
        work.begin();
        if (clock.instant().isAfter(step.notAfter())) {
            throw new PermanentFault(
                    "EXPIRED: worker " + doer(step) + " got the step after " + step.notAfter(),
                    "is the worker too busy, or was it down?");
        }
        if (!step.siteHash().equals(site.hash())) {
            throw new PermanentFault(
                    "worker " + name + " has another site file than the coordinator",
                    "give all of them the same " + site.file().getFileName() + " and restart them");
        }
        if (step.action() == Action.CAPTURE) {
            HostJobs.require(site, step);
            prepare(work.attemptFolder());
        }
        return work;
    }

    private static void prepare(Path attemptFolder) {
        try {
            Disk.delete(attemptFolder); // of an earlier delivery of the same attempt, whose claim was rolled back
            Disk.createFolders(attemptFolder);
        } catch (IOException e) {
            throw VaultFull.fault(attemptFolder, e);
        }
    }

    /** The result of a step that was done. */
    public StepResult done(Step step, Output output) {
        return StepResult.done(step, doer(step), output, started(step), clock.instant());
    }

    /** The result of a step that was not done, whatever was thrown. */
    public StepResult failed(Step step, Throwable error) {
        var thrown = unwrapped(error);
        var fault = thrown instanceof StepFault expected ? expected : unexpected(step, thrown);
        return StepResult.failed(step, doer(step), fault, started(step), clock.instant());
    }

    /** Camel wraps what is no Exception, such as an OutOfMemoryError, and says nothing of it in its own message. */
    private static Throwable unwrapped(Throwable error) {
        return error instanceof CamelExecutionException && error.getCause() != null ? error.getCause() : error;
    }

    private static StepFault unexpected(Step step, Throwable error) {
        LOG.error("step {} of {} ended with an error of the program", step.step(), step.part(), error);
        return new PermanentFault("an error of Poolkeeper: " + error, "report it with the log", error);
    }

    /** Forgets a step that was answered. */
    public void end(Step step) {
        active.remove(key(step));
    }

    /** A sign of life for every step that this worker is doing. */
    public List<Progress> signs() {
        var lease = lease();
        return active.values().stream()
                .filter(ActiveStep::isBegun)
                .map(step -> step.sign(lease))
                .toList();
    }

    /** That it is there, and what it can do as things are now. */
    public Presence presence() {
        return new Presence(
                name,
                process(),
                String.valueOf(System.getProperty("user.name")),
                Release.version(),
                site.hash(),
                Abilities.of(site, vault),
                clock.instant());
    }

    private static String process() {
        try {
            return InetAddress.getLocalHost().getHostName() + "/"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) { // a host that does not know its own name still has an address
            return "unknown/" + ProcessHandle.current().pid();
        }
    }

    /** Stops what this worker does for a run. */
    public void obey(Messages.Control control) {
        active.values().stream()
                .filter(step -> step.step().run().equals(control.run()))
                .forEach(ActiveStep::cancel);
    }

    /** Stops everything, because the program ends. */
    void stopAll() {
        active.values().forEach(ActiveStep::cancel);
    }

    private Instant lease() {
        return clock.instant().plus(heartbeat.multipliedBy(3));
    }

    private Instant started(Step step) {
        var work = active.get(key(step));
        return work == null ? clock.instant() : work.started();
    }

    private static String key(Step step) {
        return step.run() + "/" + step.step() + "/" + step.attempt();
    }
}

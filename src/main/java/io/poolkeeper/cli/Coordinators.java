// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.Coordinator;
import io.poolkeeper.app.CoordinatorApi;
import io.poolkeeper.app.StateOwner;
import io.poolkeeper.site.Site;
import io.poolkeeper.web.RemoteCoordinator;
import io.poolkeeper.web.RestServer;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Finds the coordinator of a site, or becomes it for the duration of a verb. */
final class Coordinators implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What a service manager grants to a program that it stops is more than this and the stop itself. */
    private static final Duration STOPPING = Duration.ofSeconds(15);

    private final CoordinatorApi api;
    private final @Nullable AutoCloseable mine;
    private final Thread hook;

    private Coordinators(CoordinatorApi api, @Nullable AutoCloseable mine) {
        this.api = api;
        this.mine = mine;
        this.hook = new Thread(this::interrupted, "stop");
        if (mine != null) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /** The coordinator that owns the site's state folder, or a new one in this process. */
    static Coordinators open(Site site, Coordinator.Options options) {
        var owner = StateOwner.take(site.state().dir());
        return owner.isPresent() ? become(site, options, owner.get()) : new Coordinators(remote(site), null);
    }

    /** The coordinator that owns the site's state folder, if there is one. */
    static Optional<CoordinatorApi> find(Site site) {
        return StateOwner.find(site.state().dir()).map(RemoteCoordinator::new);
    }

    private static CoordinatorApi remote(Site site) {
        var until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            var found = find(site);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(100)); // it is starting: it has the lock, not yet the port
        }
        throw new RemoteCoordinator.Unreachable(
                "another process owns " + site.state().dir()
                        + " but does not say how to talk to it. HINT: is it starting or stopping? try again");
    }

    private static Coordinators become(Site site, Coordinator.Options options, StateOwner owner) {
        Coordinator coordinator;
        try {
            coordinator = Coordinator.start(site, options);
        } catch (RuntimeException e) {
            owner.close();
            throw e;
        }
        var rest = RestServer.start(coordinator);
        owner.announce(rest.card());
        return new Coordinators(coordinator, () -> {
            rest.close();
            coordinator.close();
            owner.close();
        });
    }

    CoordinatorApi api() {
        return api;
    }

    /** Whether the coordinator ends with this verb. */
    boolean isMine() {
        return mine != null;
    }

    /** A signal ends the process: nobody waits any more for what is going on. */
    private void interrupted() {
        if (api instanceof Coordinator coordinator) {
            coordinator.stopRuns(STOPPING);
        }
        stopMine();
    }

    private synchronized void stopMine() {
        try {
            if (mine != null) {
                mine.close();
            }
        } catch (Exception e) { // AutoCloseable declares no narrower type
            new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8)
                    .println("poolkeeper: did not stop cleanly: " + e);
        }
    }

    /** Whether stopping is left to us: once the process is ending, the hook is at it. */
    private boolean isOurs() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) { // the only thing that Java says of it
            return false;
        }
    }

    @Override
    public void close() {
        if (mine != null && isOurs()) {
            stopMine();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.CoordinatorApi;
import io.poolkeeper.app.Triggers;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Request;
import io.poolkeeper.web.RemoteCoordinator;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trigger}: asks a running coordinator for a run of a plan, for enterprise schedulers. */
@Command(
        name = "trigger",
        description = "Asks the running coordinator for a run of a plan; with --wait ends with the run's exit code.")
final class TriggerVerb extends SiteVerb {
    @Parameters(index = "0", paramLabel = "PLAN", description = "A plan of the site file.")
    private String plan = "";

    @Option(names = "--key", paramLabel = "KEY", description = "The same key starts one run, however often it is used.")
    private @Nullable String key;

    @Option(names = "--wait", description = "Waits for the run to end.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "With --wait: how long, e.g. PT3H; 32 when it passes.")
    private Duration timeout = Triggers.NO_DEADLINE;

    @Override
    public Integer call() {
        var site = site();
        var config = site.plans().get(plan);
        if (config == null) {
            throw new WrongUsage("the site file has no plan " + plan + ". HINT: it has "
                    + String.join(", ", site.plans().keySet()));
        }
        var coordinator = Coordinators.find(site)
                .orElseThrow(() -> new RemoteCoordinator.Unreachable(
                        "no coordinator is running. HINT: start one with 'serve', or use 'backup'"));
        var accepted = coordinator.request(new Request(
                config.kind(),
                plan,
                config.level(),
                "cli",
                key == null ? UUID.randomUUID().toString() : key,
                System.getProperty("user.name", "somebody"),
                config.parts(),
                null,
                Depth.CONTENT,
                false,
                null,
                Instant.now(),
                config.deadline().orElse(Triggers.NO_DEADLINE)));
        if (accepted instanceof Accepted.Refused refused) {
            err().println("poolkeeper: refused: " + refused.reason());
            return ExitCode.REFUSED.code();
        }
        out().println(accepted.run());
        return wait ? await(coordinator, accepted.run()) : ExitCode.OK.code();
    }

    private int await(CoordinatorApi coordinator, String run) {
        var until = Instant.now().plus(timeout);
        while (Instant.now().isBefore(until)) {
            var exit = coordinator.status(run).map(status -> status.exit()).orElse(null);
            if (exit != null) {
                return exit;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        err().println("poolkeeper: run " + run + " has not ended within " + timeout + "; it goes on");
        return ExitCode.OVERDUE.code();
    }
}

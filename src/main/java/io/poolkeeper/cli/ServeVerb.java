// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.Coordinator;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.site.PlanConfig;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code serve}: the coordinator as a service: timers, trigger folder, broker, local worker. */
@Command(
        name = "serve",
        description = "Runs the coordinator until it is stopped: timers, trigger folder, broker queues, local worker.")
final class ServeVerb extends SiteVerb {
    @Override
    public Integer call() throws InterruptedException {
        var site = site();
        try (var coordinators = Coordinators.open(site, Coordinator.Options.SERVE)) {
            if (!coordinators.isMine()) {
                err().println("poolkeeper: another coordinator owns "
                        + site.state().dir() + ". HINT: stop it first");
                return ExitCode.REFUSED.code();
            }
            out().println("serving " + site.name() + "; plans: "
                    + String.join(
                            ", ",
                            site.plans().values().stream().map(ServeVerb::text).toList()) + "; trigger folder "
                    + site.state().dir().resolve("trigger"));
            out().flush();
            new CountDownLatch(1).await(); // a signal ends the process; the hook of Coordinators stops what was started
        }
        return ExitCode.OK.code();
    }

    private static String text(PlanConfig plan) {
        return plan.name() + plan.cron().map(cron -> " (" + cron + ")").orElse("");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.run.ExitCode;
import io.poolkeeper.web.RemoteCoordinator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cancel}: stops a run that is going on. */
@Command(name = "cancel", description = "Stops a run that is going on; what it captured is not published.")
final class CancelVerb extends SiteVerb {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id, as 'status' shows it.")
    private String run = "";

    @Override
    public Integer call() {
        var coordinator = Coordinators.find(site())
                .orElseThrow(
                        () -> new RemoteCoordinator.Unreachable("no coordinator is running, so no run is going on"));
        if (!coordinator.cancel(run)) {
            throw new WrongUsage("no run " + run + " is going on. HINT: 'status' shows what is");
        }
        out().println("run " + run + " is being stopped");
        return ExitCode.OK.code();
    }
}

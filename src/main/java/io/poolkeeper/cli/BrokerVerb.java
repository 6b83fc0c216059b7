// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.StandAloneBroker;
import io.poolkeeper.run.ExitCode;
import picocli.CommandLine.Command;

/** {@code broker}: the broker as a process of its own. */
@Command(
        name = "broker",
        description = "Runs the broker that broker.serve in the site file describes, until it is stopped.")
final class BrokerVerb extends SiteVerb {
    @Override
    public Integer call() {
        var broker = StandAloneBroker.start(site());
        Service.run(broker, () -> {
            out().println("the broker listens on " + String.join(", ", broker.addresses()));
            out().flush();
        });
        return ExitCode.OK.code();
    }
}

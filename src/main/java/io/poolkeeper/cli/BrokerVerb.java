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
        var broker = StandAloneBroker.start(
                site(), store -> say("another broker has " + store + "; this one waits until that one ends"));
        var byItself = Service.run(
                broker, () -> say("the broker listens on " + String.join(", ", broker.addresses())), broker::awaitEnd);
        if (byItself) {
            err().println("poolkeeper: the broker stopped: it lost its store, or could not write there. HINT: see its"
                    + " log; start it again, and it takes its turn");
            return ExitCode.INTERNAL.code();
        }
        return ExitCode.OK.code();
    }

    private void say(String line) {
        out().println(line);
        out().flush();
    }
}

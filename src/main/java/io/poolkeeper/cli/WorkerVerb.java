// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.WorkerProcess;
import io.poolkeeper.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code worker}: does the steps of one host. */
@Command(name = "worker", description = "Does the steps of one worker, as the broker brings them, until it is stopped.")
final class WorkerVerb extends SiteVerb {
    @Option(names = "--name", required = true, paramLabel = "NAME", description = "A key of workers in the site file.")
    private String name = "";

    @Override
    public Integer call() {
        var site = site();
        Service.run(WorkerProcess.start(site, name), () -> {
            out().println("worker " + name + " of " + site.name() + " takes steps");
            out().flush();
        });
        return ExitCode.OK.code();
    }
}

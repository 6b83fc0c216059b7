// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import io.poolkeeper.lab.LabOptions;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.Scale;
import io.poolkeeper.lab.site.RunningLab;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab start}: starts a lab in the background and waits until it is ready. */
@Command(
        name = "start",
        description = "Start a lab in the background.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:the lab is ready",
            "16:not started: it runs already, the folder holds something else, or a server did not come up",
            "64:the command line is wrong"
        })
final class StartCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Option(
            names = "--edition",
            defaultValue = "standard",
            description = "standard: one server, as in the article; enterprise: a pool with every role.")
    private Edition edition;

    @Option(names = "--seed", defaultValue = "" + LabOptions.DEFAULT_SEED, description = "Decides all data.")
    private long seed;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "How much data; 1 is 200 users, 1,000 rows a database, 2,000 files and 50 MB a share.")
    private double scale;

    @Option(names = "--json", description = "Say the result as a line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var commandLine = spec.commandLine();
        var folder = where.folder();
        try {
            var options = new LabOptions(folder.path(), edition, seed, new Scale(scale));
            var running = RunningLab.in(folder);
            if (running.isPresent()) {
                throw new IOException("%s: a lab runs here already, process %d. HINT: poolkeeper lab stop --dir %s"
                        .formatted(folder.path(), running.get().process().pid(), folder.path()));
            }
            folder.check();
            commandLine.getErr().println("lab: starting in " + folder.path());
            commandLine.getErr().flush();
            var process = BackgroundLab.start(folder, options);
            commandLine.getOut().print(json ? Said.json(folder, options, process) : Said.text(folder, options));
            return ExitCodes.OK;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, "lab: " + e.getMessage(), e);
        } catch (IOException e) {
            commandLine.getErr().println("lab: " + e.getMessage());
            return ExitCodes.NOT_STARTED;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import io.poolkeeper.lab.site.RunningLab;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab stop}: ends the lab of a folder; its files stay. */
@Command(
        name = "stop",
        description = "Stop the lab of a folder. Its files stay.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:no lab runs there any more", "64:the command line is wrong", "70:the lab does not end"})
final class StopCommand implements Callable<Integer> {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    @Mixin
    private Where where;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        var folder = where.folder();
        var out = spec.commandLine().getOut();
        var running = RunningLab.in(folder);
        if (running.isEmpty()) {
            folder.forgetRun();
            out.println("No lab runs in " + folder.path());
            return ExitCodes.OK;
        }
        var process = running.get().process();
        process.destroy();
        try {
            process.onExit().get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            spec.commandLine()
                    .getErr()
                    .println("lab: process %d does not end within %s. HINT: kill it"
                            .formatted(process.pid(), STOP_WITHIN));
            return ExitCodes.INTERNAL;
        }
        out.println("The lab in " + folder.path() + " has stopped");
        return ExitCodes.OK;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import io.poolkeeper.lab.site.RunningLab;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab status}: tells whether a lab runs in a folder. */
@Command(
        name = "status",
        description = "Tell whether a lab runs in a folder.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:it runs", "16:it does not run", "64:the command line is wrong"})
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var folder = where.folder();
        var running = RunningLab.in(folder);
        var out = spec.commandLine().getOut();
        if (running.isEmpty()) {
            out.println(
                    "No lab runs in %s. HINT: poolkeeper lab start --dir %s".formatted(folder.path(), folder.path()));
            return ExitCodes.NOT_STARTED;
        }
        out.println("A lab runs in %s: %s edition, process %d, site file %s"
                .formatted(
                        folder.path(),
                        running.get().edition(),
                        running.get().process().pid(),
                        folder.siteFile()));
        return ExitCodes.OK;
    }
}

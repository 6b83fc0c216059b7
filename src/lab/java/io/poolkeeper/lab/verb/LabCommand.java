// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab}: names the verbs below it. */
@Command(
        name = "lab",
        description = "A whole OCS 2007 R2 site on this machine, to try Poolkeeper on.",
        subcommands = {StartCommand.class, StopCommand.class, StatusCommand.class},
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL)
final class LabCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "lab: say start, stop or status");
    }
}

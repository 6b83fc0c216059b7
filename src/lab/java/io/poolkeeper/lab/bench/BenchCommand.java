// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: names the verbs below it. */
@Command(
        name = "bench",
        description = "Measures Poolkeeper beside its peers, on the same data in the same run.",
        subcommands = {SharesCommand.class, DirectoryCommand.class, OrchestrationCommand.class},
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        exitCodeOnExecutionException = 70)
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "bench: say shares, directory or orchestration");
    }
}

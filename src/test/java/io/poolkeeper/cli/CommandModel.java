// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;

/** The product's verbs and options, for tests of the pages that describe them. */
public final class CommandModel {
    private CommandModel() {}

    /** All verbs of the product; nothing is run. */
    public static CommandLine commandLine() {
        var nowhere = new PrintWriter(Writer.nullWriter());
        return Poolkeeper.commandLine(nowhere, nowhere);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import java.io.PrintWriter;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/** The verb {@code lab} as {@link java.util.ServiceLoader} finds it. */
public final class LabTool implements ToolProvider {
    /** Made by the service loader. */
    public LabTool() {}

    @Override
    public String name() {
        return "lab";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new LabCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .execute(args);
    }
}

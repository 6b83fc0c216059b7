// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.PrintWriter;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/** The verb {@code bench} as {@link java.util.ServiceLoader} finds it. */
public final class BenchTool implements ToolProvider {
    /** Made by the service loader. */
    public BenchTool() {}

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .execute(args);
    }
}

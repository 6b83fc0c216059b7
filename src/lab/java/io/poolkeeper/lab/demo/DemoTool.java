// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import java.io.PrintWriter;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/** The verb {@code demo} as {@link java.util.ServiceLoader} finds it. */
public final class DemoTool implements ToolProvider {
    /** Made by the service loader. */
    public DemoTool() {}

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new DemoCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .execute(args);
    }
}

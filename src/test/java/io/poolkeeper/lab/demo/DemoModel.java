// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import picocli.CommandLine;

/** The verb {@code demo} and its options, for tests of the pages that describe them. */
public final class DemoModel {
    private DemoModel() {}

    /** The verb; nothing is run. */
    public static CommandLine commandLine() {
        return new CommandLine(new DemoCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}

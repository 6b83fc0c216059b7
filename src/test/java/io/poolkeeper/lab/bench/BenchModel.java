// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import picocli.CommandLine;

/** The verb {@code bench} and what is below it, for tests of the pages that describe them. */
public final class BenchModel {
    private BenchModel() {}

    /** The verb; nothing is run. */
    public static CommandLine commandLine() {
        return new CommandLine(new BenchCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}

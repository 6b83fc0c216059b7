// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import picocli.CommandLine;

/** The verb {@code lab} and its options, for tests of the pages that describe them. */
public final class LabModel {
    private LabModel() {}

    /** The verb; nothing is run. */
    public static CommandLine commandLine() {
        return new CommandLine(new LabCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}

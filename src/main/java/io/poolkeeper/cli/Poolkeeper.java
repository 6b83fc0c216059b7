// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

/** The program. */
public final class Poolkeeper {
    private Poolkeeper() {}

    /** Runs one verb. */
    public static void main(String[] args) {
        System.exit(args.length == 0 ? 64 : 0);
    }
}

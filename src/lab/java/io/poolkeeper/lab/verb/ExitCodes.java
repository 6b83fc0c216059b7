// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

/** The exit codes of the verb, out of the ladder of the whole command line. */
final class ExitCodes {
    static final int OK = 0;
    static final int NOT_STARTED = 16;
    static final int USAGE = 64;
    static final int INTERNAL = 70;

    private ExitCodes() {}
}

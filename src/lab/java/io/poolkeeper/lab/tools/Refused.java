// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

/** What a tool says before it ends with another exit code than 0. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}

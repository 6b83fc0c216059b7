// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

/** What sqlcmd says before it ends without having done anything. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}

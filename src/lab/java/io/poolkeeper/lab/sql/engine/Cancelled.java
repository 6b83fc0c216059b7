// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

/** The client asked to stop, or is gone; whatever runs shall end. */
public final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** No reason is needed: nobody waits for an answer. */
    public Cancelled() {
        super("cancelled");
    }
}

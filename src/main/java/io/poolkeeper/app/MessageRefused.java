// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

/** A message that will never be understood, however often it comes: it goes to poolkeeper.dead and is reported. */
public final class MessageRefused extends RuntimeException {
    /** A reason may quote what a stranger sent; it goes into logs, mails and other messages. */
    private static final int LONGEST = 4000;

    MessageRefused(String message) {
        super(bounded(message));
    }

    MessageRefused(String message, Throwable cause) {
        super(bounded(message), cause);
    }

    /** A reason that is no longer than a person reads, with a mark where something is missing. */
    static String bounded(String reason) {
        return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
    }
}

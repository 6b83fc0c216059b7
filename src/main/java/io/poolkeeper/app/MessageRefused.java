// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

/** A message that will never be understood, however often it comes: it goes to poolkeeper.dead and is reported. */
public final class MessageRefused extends RuntimeException {
    MessageRefused(String message) {
        super(message);
    }

    MessageRefused(String message, Throwable cause) {
        super(message, cause);
    }
}

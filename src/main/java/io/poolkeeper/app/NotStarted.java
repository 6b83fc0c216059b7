// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import org.jspecify.annotations.Nullable;

/** The program cannot run: something that it needs is not there, or belongs to another. Nothing was changed. */
public final class NotStarted extends RuntimeException {
    /** Says what is missing, and what to do. */
    public NotStarted(String message) {
        super(message);
    }

    /** Says what is missing, and what to do. */
    public NotStarted(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

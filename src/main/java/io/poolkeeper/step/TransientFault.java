// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

/** Worth another try: the share may be back in a moment. */
public final class TransientFault extends StepFault {
    /** Says what went wrong, where and why, and what to do if it stays so. */
    public TransientFault(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }

    /** Says what went wrong, where and why, and what to do if it stays so. */
    public TransientFault(String message, String hint) {
        super(message, hint);
    }
}

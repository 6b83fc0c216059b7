// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

/** No other try would be better; a person has to mend something. */
public final class PermanentFault extends StepFault {
    /** Says what went wrong, where and why, and what to do next. */
    public PermanentFault(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }

    /** Says what went wrong, where and why, and what to do next. */
    public PermanentFault(String message, String hint) {
        super(message, hint);
    }
}

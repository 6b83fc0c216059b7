// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

/** A step cannot be done. Adapters sort what their drivers throw into its two kinds, once. */
public abstract sealed class StepFault extends RuntimeException permits TransientFault, PermanentFault {
    private final String hint;

    StepFault(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    StepFault(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do next. */
    public String hint() {
        return hint;
    }
}

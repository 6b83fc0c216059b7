// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

/** What the evidence says about what a set holds of a part. */
public enum Verdict {
    /** Whole at the depth that stands beside it. */
    PROVEN,
    /** There is evidence of damage. */
    SUSPECT,
    /** It could not be checked; never to be shown as good, nor as damaged. */
    UNKNOWN,
    /** No check was due. */
    UNCHECKED
}

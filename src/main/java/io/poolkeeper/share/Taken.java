// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

/**
 * What became of one name.
 *
 * @param line what the list says of it; of type GONE if it says nothing
 * @param how what was done
 */
record Taken(FileLine line, How how) {
    /** What was done with a name. */
    enum How {
        /** Listed; there are no bytes to it. */
        LISTED,
        /** A file that is as the last list has it. */
        UNCHANGED,
        /** A file that was read and deflated. */
        DEFLATED,
        /** A file that was read and does not get smaller. */
        STORED,
        /** The same as {@link #DEFLATED}, but it changed while it was read, twice. */
        UNSTEADY
    }

    boolean wasRead() {
        return how == How.DEFLATED || how == How.STORED || how == How.UNSTEADY;
    }
}

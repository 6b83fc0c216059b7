// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

/**
 * What became of one name.
 *
 * @param line what the list says of it; of type GONE if it says nothing
 * @param how what was done
 * @param copyFailed whether it was read because what an earlier set holds of it is damaged
 */
record Taken(FileLine line, How how, boolean copyFailed) {
    Taken(FileLine line, How how) {
        this(line, how, false);
    }

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
        UNSTEADY,
        /** A file that is as it was, whose deflated bytes were copied. */
        DEFLATED_COPY,
        /** A file that is as it was, whose bytes, which do not get smaller, were copied. */
        STORED_COPY
    }

    /** The same, and that it was to be copied. */
    Taken insteadOfCopy() {
        return new Taken(line, how, true);
    }

    boolean wasRead() {
        return how == How.DEFLATED || how == How.STORED || how == How.UNSTEADY;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

/** How it went for a part. */
public enum Outcome {
    /** As policy asks. */
    OK,
    /** Done, but somebody should read why this is not OK. */
    WARNING,
    /** Not done. */
    FAILED,
    /** Not captured, and that is in order. */
    EXCUSED;

    /** The worse of two, where FAILED is worst and EXCUSED does not count against anything. */
    public Outcome worse(Outcome other) {
        return rank() >= other.rank() ? this : other;
    }

    private int rank() {
        return switch (this) {
            case EXCUSED -> 0;
            case OK -> 1;
            case WARNING -> 2;
            case FAILED -> 3;
        };
    }
}

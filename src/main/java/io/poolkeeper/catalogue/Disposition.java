// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a part matters, and so whether it is captured. */
public enum Disposition {
    /** Captured; the site cannot be recovered without it. */
    REQUIRED,
    /** Captured; its loss hurts. */
    RECOMMENDED,
    /** Captured; its loss is an inconvenience, so a failure is a warning. */
    OPTIONAL,
    /** Not captured: holds only what is true for the moment. */
    TRANSIENT,
    /** Not captured: the product makes it again by itself; the reason says who does. */
    REGENERATED,
    /** Not captured: somebody decided so, with a reason, an owner and a date. */
    EXCLUDED,
    /** Its role is not declared and nothing was found: listed, not expected. */
    ABSENT,
    /** Found, but neither catalogue nor site file know it: not captured, a warning in every run until it is decided. */
    UNDECIDED;

    /** Whether a run captures such a part. */
    public boolean captured() {
        return this == REQUIRED || this == RECOMMENDED || this == OPTIONAL;
    }

    /** Whether leaving such a part out is in order. */
    public boolean excused() {
        return this == TRANSIENT || this == REGENERATED || this == EXCLUDED;
    }

    /** Whether a run counts such a part. */
    public boolean expected() {
        return this != ABSENT;
    }

    /** The word as it stands in files. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The disposition of a word.
     *
     * @throws IllegalArgumentException if there is no such disposition
     */
    @JsonCreator
    public static Disposition of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

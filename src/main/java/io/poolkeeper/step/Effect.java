// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a step leaves in the world, and so whether it may be sent again when its worker was lost. */
public enum Effect {
    /** Nothing. May be sent again. */
    READS,
    /** Something of our own under a name that holds the attempt. May be sent again. */
    CAPTURES,
    /** Something that others see. Never sent twice: a person decides. */
    CHANGES;

    /** The word as it stands in messages. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The effect of a word.
     *
     * @throws IllegalArgumentException if there is no such effect
     */
    @JsonCreator
    public static Effect of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

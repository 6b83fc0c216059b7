// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a step does to its part; with the part's kind it says which worker route takes it. */
public enum Action {
    /** Looks what there is. */
    DISCOVER(Effect.READS),
    /** Copies the part into the partial folder of a set. */
    CAPTURE(Effect.CAPTURES),
    /** Publishes the set. */
    PUBLISH(Effect.CAPTURES),
    /** Judges what a set holds of the part. */
    VERIFY(Effect.READS),
    /** Holds the parts of the set against each other. */
    COHERE(Effect.READS),
    /** Restores the part into a sandbox, compares, and leaves nothing behind. */
    DRILL(Effect.CAPTURES),
    /** Restores the part into a folder or instance that was named for it. */
    RESTORE(Effect.CHANGES);

    private final Effect effect;

    Action(Effect effect) {
        this.effect = effect;
    }

    /** What it leaves in the world. */
    public Effect effect() {
        return effect;
    }

    /** The word as it stands in messages. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The action of a word.
     *
     * @throws IllegalArgumentException if there is no such action
     */
    @JsonCreator
    public static Action of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

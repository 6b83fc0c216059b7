// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a restore puts what it restores. */
public enum Place {
    /** Where nothing else is: a sandbox, a folder of its own, another name on the instance for drills. */
    BESIDE,
    /** Where the part came from, if nothing is there. */
    IN_PLACE,
    /** Where the part came from, over what is there. */
    OVERWRITE;

    /** The word as it stands in messages. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The place of a word.
     *
     * @throws IllegalArgumentException if there is no such place
     */
    @JsonCreator
    public static Place of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

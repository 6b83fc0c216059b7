// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How deep a piece of evidence goes; later ones include the earlier. */
public enum Depth {
    /** The bytes hash as recorded. */
    MEDIA,
    /** What will restore it has read it whole. */
    CONTENT,
    /** Restored in a sandbox and compared with what was recorded at capture. */
    RESTORED;

    /** The word as it stands in files. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether evidence of this depth answers for the other. */
    public boolean covers(Depth other) {
        return compareTo(other) >= 0;
    }

    /**
     * The depth of a word.
     *
     * @throws IllegalArgumentException if there is no such depth
     */
    @JsonCreator
    public static Depth of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

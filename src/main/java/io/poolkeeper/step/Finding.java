// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that {@code check} found out, or could not.
 *
 * @param about a key of the site file ({@code sql.ocs2007-rtc}), or a part ({@code database:ocs2007-rtc/rtc})
 * @param what one sentence, with the figures it rests on; never a secret
 * @param hint what to do about it; null if nothing has to be done
 */
public record Finding(
        String about, State state, String what, @Nullable String hint) {
    /** How good it is. */
    public enum State {
        /** As a backup needs it. */
        OK,
        /** A backup will work, but somebody should know. */
        WARNING,
        /** A backup would fail by it, or it is refused. */
        PROBLEM,
        /** Nobody could find out; never taken for good. */
        UNKNOWN;

        /** The word as it stands in tables and lines. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** A risk that somebody decided to live with, and why. */
public record AcceptedRisk(Risk risk, String reason, Optional<String> owner) {
    /** What can be accepted. */
    public enum Risk {
        /** Vault and all copies lie on a host or volume that the site protects. */
        VAULT_BESIDE_SOURCE,
        /** A drill restores on the instance that the backup came from. */
        DRILL_ON_SOURCE;

        /** The word as it stands in files. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * The risk of a word.
         *
         * @throws IllegalArgumentException if there is no such risk
         */
        public static Risk of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}

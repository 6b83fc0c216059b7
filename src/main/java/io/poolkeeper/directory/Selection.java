// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which objects are wanted, by their distinguished names without regard to case and blanks. */
final class Selection {
    private final @Nullable String exact;
    private final @Nullable Pattern pattern;

    private Selection(@Nullable String exact, @Nullable Pattern pattern) {
        this.exact = exact;
        this.pattern = pattern;
    }

    /** Those that a text names: one by its name, or all that fit its {@code *} and {@code ?}; all if it is null. */
    static Selection of(@Nullable String path) {
        if (path == null) {
            return new Selection(null, null);
        }
        var regex = new StringBuilder();
        for (var character : AttributeTypes.normalized(path).toCharArray()) {
            regex.append(
                    switch (character) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(character));
                    });
        }
        return new Selection(AttributeTypes.normalized(path), Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** The one that has this name. */
    static Selection exactly(String dn) {
        return new Selection(AttributeTypes.normalized(dn), null);
    }

    /** Whether it is wanted. */
    boolean takes(String normalized) {
        if (exact == null || exact.equals(normalized)) {
            return true;
        }
        return pattern != null
                && pattern.matcher(normalized.toLowerCase(Locale.ROOT)).matches();
    }
}

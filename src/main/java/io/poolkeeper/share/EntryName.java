// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.regex.Pattern;

/**
 * What a name is called in a ZIP file, so that Windows can unpack it: characters that Windows refuses are
 * percent-encoded; reserved names and names that end in a dot or a space get {@code ~2}. Most names stay as they are.
 */
final class EntryName {
    private static final String REFUSED = "<>:\"|?*\\";
    private static final Pattern RESERVED = Pattern.compile(
            "(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\\$|conout\\$) *(\\..*)?", Pattern.CASE_INSENSITIVE);

    private EntryName() {}

    /** One segment of an entry's name; the very same object if nothing is wrong with it. */
    static String of(String name) {
        var safe = isPlain(name) ? name : encode(name);
        if (RESERVED.matcher(safe).matches()) {
            safe = twin(safe, 2);
        }
        return safe.endsWith(".") || safe.endsWith(" ") ? safe + "~2" : safe;
    }

    /** A name for the second, third ... of several that Windows takes for the same: {@code a~2.txt}. */
    static String twin(String name, int number) {
        var dot = name.indexOf('.', 1);
        var stem = dot < 0 ? name : name.substring(0, dot);
        return stem.stripTrailing() + "~" + number + name.substring(stem.length());
    }

    private static boolean isPlain(String name) {
        for (var i = 0; i < name.length(); i++) {
            if (isRefused(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRefused(char c) {
        return c < ' ' || REFUSED.indexOf(c) >= 0;
    }

    private static String encode(String name) {
        var encoded = new StringBuilder();
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            encoded.append(isRefused(c) ? "%%%02X".formatted((int) c) : String.valueOf(c));
        }
        return encoded.toString();
    }
}

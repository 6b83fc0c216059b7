// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Makes a name safe for every file system: bytes outside {@code [A-Za-z0-9._-]} are percent-encoded (UTF-8), names that
 * Windows reserves and names that end in a dot get {@code ~2}. The true name stands in the manifest.
 */
public final class Names {
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    private static final int LONGEST = 150;

    private Names() {}

    /** One path segment; never empty, never {@code .} or {@code ..}, no separator, at most 150 characters long. */
    public static String encode(String name) {
        var encoded = new StringBuilder();
        for (var b : name.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xFF);
            if (PLAIN.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xFF));
            }
        }
        var safe = encoded.isEmpty() ? "%" : encoded.toString();
        if (safe.length() > LONGEST) {
            safe = safe.substring(0, LONGEST - 17) + "~"
                    + Hashes.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        }
        var stem = safe.contains(".") ? safe.substring(0, safe.indexOf('.')) : safe;
        return RESERVED.contains(stem.toLowerCase(Locale.ROOT)) || safe.endsWith(".") ? safe + "~2" : safe;
    }
}

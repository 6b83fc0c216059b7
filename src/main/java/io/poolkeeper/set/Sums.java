// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.schema.MalformedDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** {@code SHA256SUMS}: the format of sha256sum, sorted by path; covers every file of a set but itself. */
public final class Sums {
    /** The file's name in a set. */
    public static final String FILE = "SHA256SUMS";

    private Sums() {}

    /** The file's text. */
    public static String text(Map<String, String> hashes) {
        var text = new StringBuilder();
        new TreeMap<>(hashes)
                .forEach((path, hash) ->
                        text.append(hash).append("  ").append(path).append('\n'));
        return text.toString();
    }

    /**
     * Path to hash. Names in a set are encoded, so all of them are ASCII.
     *
     * @throws MalformedDocument if a line is not a hash and a path that stays inside the set
     */
    public static Map<String, String> parse(String text) {
        var hashes = new LinkedHashMap<String, String>();
        for (var line : text.lines().toList()) {
            if (!line.matches("[0-9a-f]{64}  [!-~][ -~]*") || escapes(line.substring(66))) {
                throw new MalformedDocument(
                        FILE + " has a line that is not a hash and a path: line " + (hashes.size() + 1));
            }
            hashes.put(line.substring(66), line.substring(0, 64));
        }
        return hashes;
    }

    private static boolean escapes(String path) {
        return path.startsWith("/") || path.contains("\\") || ("/" + path + "/").contains("/../");
    }
}

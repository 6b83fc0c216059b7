// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What ntdsutil prints of snapshots. Only their ids are read: the words are in the language of its Windows. */
final class Snapshots {
    private static final String ID = "\\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}";
    private static final Pattern ANY = Pattern.compile(ID);
    /** The others are a volume's share in one: {@code 2: C: {..}}. */
    private static final Pattern WHOLE =
            Pattern.compile("\\d+: \\d{4}/\\d{2}/\\d{2}:\\d{2}:\\d{2}(?::\\d{2})? (" + ID + ")");

    private Snapshots() {}

    /** All ids, in braces and lower case, in their order. */
    static Set<String> ids(String output) {
        return found(ANY, 0, output);
    }

    /** Those of whole snapshots in a list, in its order: the oldest first. */
    static Set<String> listed(String list) {
        return found(WHOLE, 1, list);
    }

    private static Set<String> found(Pattern pattern, int group, String text) {
        var ids = new LinkedHashSet<String>();
        pattern.matcher(text)
                .results()
                .forEach(match -> ids.add(match.group(group).toLowerCase(Locale.ROOT)));
        return ids;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.ArrayList;
import java.util.List;

/** Counts names and keeps the first few, so that a message stays short. Not thread-safe. */
final class NameSample {
    private static final int SHOWN = 20;
    private static final int LONGEST = 300;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String name) {
        count++;
        if (first.size() < SHOWN) {
            first.add(name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name);
        }
    }

    long count() {
        return count;
    }

    List<String> first() {
        return List.copyOf(first);
    }

    /** The first names, and how many more there are. */
    @Override
    public String toString() {
        var more = count > first.size() ? " and " + (count - first.size()) + " more" : "";
        return String.join(", ", first) + more;
    }
}

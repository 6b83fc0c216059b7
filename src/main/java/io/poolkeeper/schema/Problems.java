// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one document, so that an administrator mends all of it in one go. Not thread-safe. */
public final class Problems {
    private final YamlDocument document;
    private final List<Problem> found = new ArrayList<>();

    /** Collects for one document, whose lines the problems name. */
    public Problems(YamlDocument document) {
        this.document = document;
        found.addAll(document.duplicates());
    }

    /**
     * Notes a problem; nothing happens if the same place has one already: it would only say the same in other words.
     *
     * @param pointer JSON pointer of the place, e.g. {@code /shares/meeting/path}
     */
    public void add(String pointer, String message, String hint) {
        var key = YamlDocument.dotted(pointer);
        if (key.isEmpty() || found.stream().noneMatch(problem -> problem.key().equals(key))) {
            found.add(new Problem(document.name(), document.line(pointer), key, message, hint));
        }
    }

    /** Whether nothing was noted. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the collecting.
     *
     * @throws ConfigurationException with all problems in the order of their lines, if there are any
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(Problem::line).thenComparing(Problem::key));
            throw new ConfigurationException(found);
        }
    }
}

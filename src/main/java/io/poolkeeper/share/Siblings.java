// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of one folder in the order of a walk, each with an entry name of its own: of names that Windows takes for the
 * same (case twins), all but the first get a number.
 */
final class Siblings implements Iterator<Siblings.Sibling> {
    private final String folder;
    private final Nameless nameless;
    private final String[] names;
    private final String[] entries;
    private int next;

    /**
     * One name.
     *
     * @param path within the share
     * @param entry the last segment of its entry name
     * @param problem why a file of that name cannot be captured; null if it can
     */
    record Sibling(String path, String entry, @Nullable String problem) {}

    Siblings(String folder, List<String> unsorted) {
        this.folder = folder;
        this.nameless = new Nameless(folder);
        this.names = nameless.replaceIn(unsorted).toArray(String[]::new);
        Arrays.sort(names);
        this.entries = Arrays.stream(names).map(EntryName::of).toArray(String[]::new);
        tellApart(entries);
    }

    @Override
    public boolean hasNext() {
        return next < names.length;
    }

    @Override
    public Sibling next() {
        var i = next++;
        return new Sibling(SharePath.in(folder, names[i]), entries[i], nameless.problem(names[i]));
    }

    /** Two entries that differ in case alone become two that differ in more. */
    private static void tellApart(String[] entries) {
        var folded = entries.clone();
        Arrays.sort(folded, String.CASE_INSENSITIVE_ORDER);
        var twins = twins(folded);
        if (twins.isEmpty()) {
            return;
        }
        Set<String> taken = new HashSet<>();
        for (var i = 0; i < entries.length; i++) {
            if (twins.contains(fold(entries[i])) && !taken.add(fold(entries[i]))) {
                entries[i] = free(entries[i], folded, taken);
            }
        }
    }

    private static Set<String> twins(String[] folded) {
        Set<String> twins = new HashSet<>();
        for (var i = 1; i < folded.length; i++) {
            if (folded[i].equalsIgnoreCase(folded[i - 1])) {
                twins.add(fold(folded[i]));
            }
        }
        return twins;
    }

    private static String free(String name, String[] folded, Set<String> taken) {
        for (var number = 2; ; number++) {
            var twin = EntryName.twin(name, number);
            if (Arrays.binarySearch(folded, twin, String.CASE_INSENSITIVE_ORDER) < 0 && taken.add(fold(twin))) {
                return twin;
            }
        }
    }

    /** Character by character, as {@link String#CASE_INSENSITIVE_ORDER} and NTFS do. */
    private static String fold(String name) {
        var folded = new StringBuilder(name.length());
        for (var i = 0; i < name.length(); i++) {
            folded.append(Character.toLowerCase(Character.toUpperCase(name.charAt(i))));
        }
        return folded.toString();
    }
}

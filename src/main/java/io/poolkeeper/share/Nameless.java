// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of a folder that no list can hold, such as one with a backslash or one that is no text: they get another name, so
 * that they can be listed as unreadable. Not thread-safe.
 */
final class Nameless {
    /** Characters; three bytes of UTF-8 each still fit into a ZIP header. */
    private static final int LONGEST_PATH = 20_000;

    private static final String NO_TEXT = "its name is not valid UTF-8";

    private final String folder;
    private final Map<String, String> problems = new HashMap<>();

    Nameless(String folder) {
        this.folder = folder;
    }

    /** Why a name (as it was replaced) cannot be captured; null if it can. */
    @Nullable String problem(String name) {
        return problems.get(name);
    }

    /** The names without those that no list can hold, and without doubles: two may have become one when decoded. */
    List<String> replaceIn(List<String> names) {
        var bad = new ArrayList<String>();
        var good = new ArrayList<String>(names.size());
        for (var name : names) {
            (find(name) == null ? good : bad).add(name);
        }
        var taken = new HashSet<String>();
        if (bad.isEmpty() && names.stream().noneMatch(name -> name.indexOf('\uFFFD') >= 0)) {
            return good;
        }
        var kept = new ArrayList<String>();
        for (var name : good) {
            kept.add(taken.add(name) ? name : another(name, NO_TEXT, taken));
        }
        for (var name : bad) {
            kept.add(another(printable(name), String.valueOf(find(name)), taken));
        }
        return kept;
    }

    private @Nullable String find(String name) {
        var path = SharePath.in(folder, name);
        var problem = SharePath.problem(path);
        if (problem != null) {
            return "its name " + problem;
        }
        return path.length() > LONGEST_PATH ? "its path is longer than " + LONGEST_PATH + " characters" : null;
    }

    private String another(String name, String problem, Set<String> taken) {
        var free = name;
        for (var number = 2; !taken.add(free); number++) {
            free = EntryName.twin(name, number);
        }
        problems.put(free, problem);
        return free;
    }

    private static String printable(String name) {
        return new String(EntryName.of(name).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}

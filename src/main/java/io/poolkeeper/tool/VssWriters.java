// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code vssadmin list writers} prints: a block of five lines per writer. The ids and the numbers of states are the same in
 * every language, the words are not: no error is what most of the stable writers say.
 */
record VssWriters(List<Writer> all) {
    /** The writer of SQL Server. */
    static final String SQL_SERVER = "{a65faa63-5ea8-4ebc-9dbd-a0c4db26912a}";

    /** The writer of Active Directory: only domain controllers have it. */
    static final String ACTIVE_DIRECTORY = "{b2014c9e-8711-4c5c-a5a9-3cf384484757}";

    private static final Pattern GUID =
            Pattern.compile("\\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}}", Pattern.CASE_INSENSITIVE);
    private static final Pattern STATE = Pattern.compile("\\[(\\d{1,9})]\\s*(.*)");
    private static final Pattern NAME = Pattern.compile("'([^']+)'");
    private static final int STABLE = 1;

    /**
     * One of them.
     *
     * @param name the same in every language; its id if it has none
     * @param id a GUID in lower case with braces
     * @param state its number; 1 is stable
     * @param told state and error, for a person
     * @param error what it says of its last error
     */
    record Writer(String name, String id, int state, String told, String error) {}

    /** Reads an output. */
    static VssWriters read(String output) {
        var writers = new ArrayList<Writer>();
        for (var block : output.replace("\r\n", "\n").split("\n{2,}", -1)) {
            var id = GUID.matcher(block);
            var state = STATE.matcher(block);
            if (id.find() && state.find()) {
                var rest = block.substring(state.end()).strip();
                var error = rest.substring(rest.indexOf(':') + 1).strip();
                var name = NAME.matcher(block);
                writers.add(new Writer(
                        name.find() ? name.group(1) : id.group(),
                        id.group().toLowerCase(Locale.ROOT),
                        Integer.parseInt(state.group(1)),
                        "state [" + state.group(1) + "] " + state.group(2).strip() + ", last error: " + error,
                        error));
            }
        }
        return new VssWriters(List.copyOf(writers));
    }

    /** The writer of an id. */
    Optional<Writer> writer(String id) {
        return all.stream().filter(writer -> writer.id().equals(id)).findFirst();
    }

    /** Whether a writer is stable and has no error. */
    boolean well(Writer writer) {
        return writer.state() == STABLE && writer.error().equalsIgnoreCase(noError());
    }

    private String noError() {
        var counted = all.stream()
                .filter(writer -> writer.state() == STABLE)
                .map(Writer::error)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counted.containsKey("No error")
                ? "No error"
                : counted.entrySet().stream()
                        .max(java.util.Map.Entry.comparingByValue())
                        .map(java.util.Map.Entry::getKey)
                        .orElse("No error");
    }
}

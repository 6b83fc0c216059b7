// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a host wrote last about a job: {@code <job id>.done}.
 *
 * @param job its name
 * @param reason why it was not done; empty if it was
 * @param exit what the command ended with; 0 if none was run
 * @param files names to sizes in bytes, of what lies beside the answer
 */
public record HostAnswer(
        State state,
        String job,
        String run,
        String step,
        int attempt,
        String reason,
        int exit,
        Instant started,
        Instant ended,
        Map<String, Long> files) {
    private static final int MOST_FILES = 64;

    /** No drive, no folder, no stream, none of the names that Windows keeps for devices. */
    private static final Pattern FILE =
            Pattern.compile("(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[.]|$))[A-Za-z0-9][A-Za-z0-9._-]{0,120}");

    private static final Pattern FILE_KEY = Pattern.compile("(?i:file|size)[0-9]+");

    /** How a job went. */
    public enum State {
        /** Its commands were run. */
        DONE,
        /** The host does no such job. */
        REFUSED,
        /** The script was stopped while it worked at it. */
        INTERRUPTED,
        /** The host found it too late. */
        EXPIRED
    }

    /**
     * Reads an answer.
     *
     * @throws HostText.Unreadable if it does not say what an answer must
     * @throws IOException if it cannot be read
     */
    public static HostAnswer read(Path file) throws HostText.Unreadable, IOException {
        var said = HostText.read(file);
        if (!required(said, "version").equals("1")) {
            throw new HostText.Unreadable("it is of version " + said.get("version") + ", and 1 is known");
        }
        return new HostAnswer(
                state(required(said, "state")),
                required(said, "job"),
                required(said, "run"),
                required(said, "step"),
                number(said, "attempt"),
                said.getOrDefault("reason", ""),
                number(said, "exit"),
                instant(said, "started"),
                instant(said, "ended"),
                files(said));
    }

    private static String required(Map<String, String> said, String key) throws HostText.Unreadable {
        var value = said.get(key);
        if (value == null) {
            throw new HostText.Unreadable("it does not say " + key);
        }
        return value;
    }

    private static State state(String word) throws HostText.Unreadable {
        try {
            return State.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new HostText.Unreadable("it says state=" + word);
        }
    }

    /** Exit codes of Windows are unsigned to some tools: 3221225786 is -1073741510. */
    private static int number(Map<String, String> said, String key) throws HostText.Unreadable {
        var value = required(said, key);
        if (!value.matches("-?[0-9]{1,10}")) {
            throw new HostText.Unreadable("it says " + key + "=" + value);
        }
        var number = Long.parseLong(value);
        if (number < Integer.MIN_VALUE || number > 2L * Integer.MAX_VALUE + 1) {
            throw new HostText.Unreadable("it says " + key + "=" + value + ", which is too large");
        }
        return (int) number;
    }

    private static Instant instant(Map<String, String> said, String key) throws HostText.Unreadable {
        var value = required(said, key);
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new HostText.Unreadable("it says " + key + "=" + value + ", which is no time");
        }
    }

    private static Map<String, Long> files(Map<String, String> said) throws HostText.Unreadable {
        var files = new LinkedHashMap<String, Long>();
        for (var n = 1; said.containsKey("file" + n); n++) {
            var name = required(said, "file" + n);
            if (n > MOST_FILES) {
                throw new HostText.Unreadable("it names more than " + MOST_FILES + " files");
            }
            if (!FILE.matcher(name).matches()) {
                throw new HostText.Unreadable("it names a file " + name + ", which is no plain name");
            }
            var size = required(said, "size" + n);
            if (!size.matches("[0-9]{1,18}")) {
                throw new HostText.Unreadable("it says size" + n + "=" + size);
            }
            if (files.put(name, Long.parseLong(size)) != null) {
                throw new HostText.Unreadable("it names the file " + name + " twice");
            }
        }
        if (said.keySet().stream().filter(FILE_KEY.asMatchPredicate()).count() != 2L * files.size()) {
            throw new HostText.Unreadable("its files are not numbered from 1 without a gap");
        }
        return files;
    }
}

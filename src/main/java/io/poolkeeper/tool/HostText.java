// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text files that coordinator and host exchange: ASCII, a {@code key=value} per line, CRLF. They come from outside, so they
 * are read up to a bound and nothing but plain values is accepted.
 */
public final class HostText {
    private static final int MOST_BYTES = 16 << 10;
    private static final Pattern LINE = Pattern.compile("([A-Za-z][A-Za-z0-9]{0,30})=([A-Za-z0-9._:-]{1,250})");

    private HostText() {}

    /** Why a file is not such a text. */
    public static final class Unreadable extends Exception {
        Unreadable(String what) {
            super(what);
        }

        /** The reason in words. */
        public String what() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads one.
     *
     * @throws Unreadable if it is no file, too large, or holds a line that is none of ours
     * @throws IOException if it cannot be read
     */
    public static Map<String, String> read(Path file) throws Unreadable, IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Unreadable("it is no plain file");
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new Unreadable("it is larger than " + MOST_BYTES + " bytes");
        }
        return parse(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Map<String, String> parse(String text) throws Unreadable {
        var values = new LinkedHashMap<String, String>();
        var lines = text.split("\r?\n", -1);
        for (var i = 0; i < lines.length; i++) {
            if (lines[i].isEmpty() && i == lines.length - 1) {
                continue;
            }
            var line = LINE.matcher(lines[i]);
            if (!line.matches()) {
                throw new Unreadable("line " + (i + 1) + " is no key=value of plain characters");
            }
            if (values.put(line.group(1), line.group(2)) != null) {
                throw new Unreadable("line " + (i + 1) + " says " + line.group(1) + " a second time");
            }
        }
        return values;
    }

    /** The text of a file; its values must be {@link HostJob#VALUE}. */
    public static String write(Map<String, String> values) {
        var text = new StringBuilder();
        values.forEach((key, value) -> {
            if (!LINE.matcher(key + "=" + value).matches()) {
                throw new IllegalArgumentException("a job file cannot say " + key + "=" + value);
            }
            text.append(key).append('=').append(value).append("\r\n");
        });
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes a store: lines of {@code [type|key]} and {@code name=value}, in UTF-8, readable by people. */
final class Sections {
    private Sections() {}

    static List<Section> read(Path file) throws IOException {
        var sections = new ArrayList<Section>();
        Map<String, String> values = new LinkedHashMap<>();
        for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            var bar = line.indexOf('|');
            var equals = line.indexOf('=');
            if (line.startsWith("[")) {
                values = new LinkedHashMap<>();
                sections.add(new Section(
                        line.substring(1, bar), unescaped(line.substring(bar + 1, line.length() - 1)), values));
            } else if (equals > 0) {
                values.put(line.substring(0, equals), unescaped(line.substring(equals + 1)));
            }
        }
        return sections;
    }

    /** Replaces the file as a whole, so that a tool that starts meanwhile never reads half of it. */
    static void write(Path file, List<Section> sections) throws IOException {
        var text = new StringBuilder();
        for (var section : sections) {
            text.append('[')
                    .append(section.type())
                    .append('|')
                    .append(escaped(section.key()))
                    .append("]\n");
            for (var value : section.values().entrySet()) {
                text.append(value.getKey())
                        .append('=')
                        .append(escaped(value.getValue()))
                        .append('\n');
            }
        }
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String value) {
        var text = new StringBuilder(value.length());
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                var next = value.charAt(++i);
                text.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page as its tests see it: headings, tables, fenced blocks. */
record Page(Path file, List<String> lines) {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A fenced block; {@code line} counts from 1 and is that of the fence. */
    record Fence(String language, String heading, int line, List<String> lines) {}

    /** A row of a table, without head and rule. */
    record Row(String heading, int line, List<String> cells) {
        /** What stands in backticks in a cell. */
        List<String> code(int cell) {
            return Page.code(cells.get(cell));
        }
    }

    /** README.md, then docs, in the order of their names. */
    static List<Page> all() {
        var pages = new ArrayList<Page>();
        pages.add(of("README.md"));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .forEach(file -> pages.add(of(file.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    static Page of(String file) {
        try {
            return new Page(Path.of(file), Files.readAllLines(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> code(String text) {
        return CODE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    List<Fence> fences() {
        var fences = new ArrayList<Fence>();
        var heading = "";
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("#")) {
                heading = title(lines.get(i));
            }
            if (lines.get(i).startsWith("```")) {
                var start = i;
                var inside = new ArrayList<String>();
                for (i++; i < lines.size() && !lines.get(i).startsWith("```"); i++) {
                    inside.add(lines.get(i));
                }
                fences.add(new Fence(lines.get(start).substring(3).strip(), heading, start + 1, inside));
            }
        }
        return fences;
    }

    /** The lines outside fenced blocks; those inside are empty, so that numbers stay right. */
    List<String> prose() {
        var prose = new ArrayList<String>();
        var inside = false;
        for (var line : lines) {
            var fence = line.startsWith("```");
            prose.add(inside || fence ? "" : line);
            inside ^= fence;
        }
        return prose;
    }

    List<String> headings() {
        return prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(Page::title)
                .toList();
    }

    List<Row> rows() {
        var rows = new ArrayList<Row>();
        var heading = "";
        var prose = prose();
        for (var i = 0; i < prose.size(); i++) {
            var line = prose.get(i);
            if (line.startsWith("#")) {
                heading = title(line);
            }
            var head = i + 1 < prose.size() && prose.get(i + 1).startsWith("|--");
            if (line.startsWith("|") && !line.startsWith("|--") && !head) {
                var cells = Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList();
                rows.add(new Row(heading, i + 1, cells));
            }
        }
        return rows;
    }

    /** The text below a heading, to the next heading of any level. */
    String section(String heading) {
        var text = new StringBuilder();
        var inside = false;
        for (var line : prose()) {
            if (line.startsWith("#")) {
                inside = title(line).equals(heading);
            } else if (inside) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static String title(String line) {
        return line.replaceFirst("^#+\\s*", "").strip();
    }
}

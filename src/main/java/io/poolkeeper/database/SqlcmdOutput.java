// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What sqlcmd printed: messages, each below a header of numbers ({@code Msg 3014, Level 0, State 1, Server S, Line 1}), and at
 * most one result set (labels, dashes, rows, all with tabs between the columns). The words of a header are those of the
 * session's language, its numbers and their order are not.
 */
final class SqlcmdOutput {
    private static final String NULL = "NULL";

    /** The comma is a full-width one in Japanese and Chinese. */
    private static final Pattern HEADER = Pattern.compile(
            "[^\\d\\t,、，]{1,40}(\\d{1,9})[,、，][^\\d\\t,、，]{1,40}(\\d{1,2})[,、，][^\\d\\t,、，]{1,40}(\\d{1,9})[,、，][^\\t]*\\d[^\\d\\t]{0,10}");

    private static final Pattern DASHES = Pattern.compile("-++(?:\\t-++)*+");

    /** The highest severity that is only information. */
    private static final int INFORMATION = 10;

    private static final int SHOWN = 400;

    private final List<String> lines;

    /** What it printed, with the line ends of any system. */
    SqlcmdOutput(String printed) {
        this.lines = printed.lines().toList();
    }

    /** A message of the server. */
    record Message(int number, int severity, String text) {}

    /** All messages, in their order. */
    List<Message> messages() {
        var messages = new ArrayList<Message>();
        for (var at = 0; at < lines.size(); at++) {
            var header = HEADER.matcher(lines.get(at));
            if (header.matches()) {
                messages.add(new Message(
                        Integer.parseInt(header.group(1)), Integer.parseInt(header.group(2)), textAfter(at)));
            }
        }
        return messages;
    }

    private String textAfter(int header) {
        var text = new ArrayList<String>();
        for (var line : lines.subList(header + 1, lines.size())) {
            if (line.isBlank() || HEADER.matcher(line).matches()) {
                break;
            }
            text.add(line.strip());
        }
        return String.join(" ", text);
    }

    /** Its end on one line, for a message. */
    String lastWords() {
        return shown(String.join(" ", lines).replaceAll("\\s+", " ").strip());
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : "..." + text.substring(text.length() - SHOWN);
    }

    Set<Integer> numbers() {
        var numbers = new LinkedHashSet<Integer>();
        messages().forEach(message -> numbers.add(message.number()));
        return numbers;
    }

    /** The errors as the chain that the driver would have thrown; null if there is none. */
    @Nullable SQLException error() {
        SQLException first = null;
        SQLException last = null;
        for (var message : messages()) {
            if (message.severity() > INFORMATION) {
                var error = new SQLException(message.text(), null, message.number());
                if (last == null) {
                    first = error;
                } else {
                    last.setNextException(error);
                }
                last = error;
            }
        }
        return first;
    }

    /**
     * The rows of the result set. A value with a line break goes on in the next line.
     *
     * @throws SQLException if there is no result set, or if a row is not one
     */
    List<Row> rows() throws SQLException {
        var dashes = 1;
        while (dashes < lines.size() && !isHead(dashes)) {
            dashes++;
        }
        if (dashes >= lines.size()) {
            throw new SQLException("sqlcmd printed no rows, nor that there are none");
        }
        var labels = cells(lines.get(dashes - 1));
        var rows = new ArrayList<Row>();
        for (var at = dashes + 1; at < lines.size() && !lines.get(at).isBlank(); at++) {
            var line = new StringBuilder(lines.get(at));
            for (var tabs = tabs(lines.get(at)); tabs + 1 < labels.size() && at + 1 < lines.size(); ) {
                at++;
                line.append('\n').append(lines.get(at));
                tabs += tabs(lines.get(at));
            }
            if (HEADER.matcher(line).matches()) {
                break;
            }
            rows.add(row(labels, cells(line.toString())));
        }
        return rows;
    }

    private boolean isHead(int dashes) {
        return DASHES.matcher(lines.get(dashes)).matches()
                && cells(lines.get(dashes)).size()
                        == cells(lines.get(dashes - 1)).size();
    }

    private static long tabs(String line) {
        return line.chars().filter(c -> c == '\t').count();
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }

    private static Row row(List<String> labels, List<String> cells) throws SQLException {
        if (cells.size() != labels.size()) {
            throw new SQLException("sqlcmd printed " + cells.size() + " values for " + labels.size() + " columns: "
                    + shown(String.join(" | ", cells)));
        }
        var values = new TreeMap<String, @Nullable String>();
        for (var column = 0; column < labels.size(); column++) {
            var cell = cells.get(column).stripTrailing();
            values.put(labels.get(column).strip(), cell.equals(NULL) ? null : cell);
        }
        return new Row(values);
    }
}

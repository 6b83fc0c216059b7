// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints messages and result sets in the form that the options ask for. */
final class Printer {
    private static final DateTimeFormatter DATETIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    /** Of a variable-length column, without -y. */
    private static final int WIDEST = 256;

    private static final int ALL_WITH_HEADERS = -1;
    private static final int INFORMATION = 10;

    private final Options options;
    private final Settings settings;
    private final PrintStream results;
    private final PrintStream messages;
    private int worst;

    Printer(Options options, Settings settings, PrintStream results, PrintStream messages) {
        this.options = options;
        this.settings = settings;
        this.results = results;
        this.messages = messages;
    }

    /** The highest severity of all that was printed. */
    int worst() {
        return worst;
    }

    /** What the driver heard; nothing is kept from it. */
    ISQLServerMessage heard(ISQLServerMessage message) {
        if (!settings.swallows(message.getErrorNumber())) {
            message(
                    message.getErrorNumber(),
                    message.getErrorSeverity(),
                    message.getErrorState(),
                    String.valueOf(message.getServerName()),
                    message.getLineNumber(),
                    String.valueOf(message.getErrorMessage()));
        }
        return message;
    }

    void message(int number, int severity, int state, String server, long line, String text) {
        worst = Math.max(worst, severity);
        var least = options.number('m', 0);
        if (severity < least) {
            return;
        }
        var apart = options.has('r')
                && (severity > INFORMATION || options.text('r', "0").equals("1"));
        var out = apart ? messages : results;
        if (severity > INFORMATION || least == ALL_WITH_HEADERS) {
            out.println(settings.language().header(number, severity, state, server, line));
        }
        out.println(text);
    }

    void rows(ResultSet result, boolean counted) throws SQLException {
        var columns = result.getMetaData();
        var labels = new ArrayList<String>();
        var widths = new ArrayList<Integer>();
        for (var column = 1; column <= columns.getColumnCount(); column++) {
            var label = columns.getColumnLabel(column);
            labels.add(label);
            widths.add(Math.max(label.length(), Math.min(WIDEST, columns.getColumnDisplaySize(column))));
        }
        if (options.number('h', 0) != -1) {
            line(labels, widths);
            line(dashes(labels, widths), widths);
        }
        var count = 0;
        while (result.next()) {
            var cells = new ArrayList<String>();
            for (var column = 1; column <= labels.size(); column++) {
                cells.add(text(result.getObject(column)));
            }
            line(cells, widths);
            count++;
        }
        if (counted) {
            affected(count);
        }
    }

    void affected(int rows) {
        results.println();
        results.println("(" + rows + " rows affected)");
    }

    private List<String> dashes(List<String> labels, List<Integer> widths) {
        var dashes = new ArrayList<String>();
        for (var column = 0; column < labels.size(); column++) {
            dashes.add(
                    "-".repeat(options.has('W') ? Math.max(1, labels.get(column).length()) : widths.get(column)));
        }
        return dashes;
    }

    private void line(List<String> cells, List<Integer> widths) {
        var padded = new ArrayList<String>();
        for (var column = 0; column < cells.size(); column++) {
            padded.add(
                    options.has('W')
                            ? cells.get(column).stripTrailing()
                            : ("%-" + widths.get(column) + "s").formatted(cells.get(column)));
        }
        wrapped(padded.stream().collect(Collectors.joining(options.text('s', " "))));
    }

    private void wrapped(String line) {
        var width = options.number('w', 80);
        var left = line;
        while (left.length() > width) {
            results.println(left.substring(0, width));
            left = left.substring(width);
        }
        results.println(left);
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Boolean bit) {
            return bit ? "1" : "0";
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime().format(DATETIME);
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}

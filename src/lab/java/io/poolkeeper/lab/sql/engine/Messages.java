// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The catalogue of messages, as {@code sys.messages} has them: number, severity and text with gaps. */
public final class Messages {
    /** What stands where SQL Server knows something that the lab does not. */
    private static final int LAB = 50000;

    private static final Map<Integer, Entry> CATALOGUE = read();

    private record Entry(int severity, int state, String text) {}

    private Messages() {}

    /** The message of that number, its gaps filled. */
    public static Message of(int number, Object... arguments) {
        var entry = Objects.requireNonNull(CATALOGUE.get(number), () -> "no message " + number);
        return new Message(number, entry.severity(), entry.state(), entry.text().formatted(arguments));
    }

    /** Message 50000: the lab cannot do what SQL Server could. */
    public static Message unsupported(String what) {
        return new Message(LAB, 16, 1, "The lab's SQL Server does not know " + what + ".");
    }

    private static Map<Integer, Entry> read() {
        var resource = Messages.class.getResourceAsStream("/io/poolkeeper/lab/sql/messages.txt");
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            var entries = new HashMap<Integer, Entry>();
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        var fields = line.split(" ", 4);
                        var entry = new Entry(Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), fields[3]);
                        entries.put(Integer.valueOf(fields[0]), entry);
                    });
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.poolkeeper.lab.sql.Lab;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A small program around a foreign library, in a process of its own: it does what it is told and tells what it saw. */
final class ScriptedClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader from;
    private final PrintWriter to;

    ScriptedClient(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        from = process.inputReader(StandardCharsets.UTF_8);
        to = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /** Gives one order: what to do, then names and values. */
    Answer ask(String what, Object... namesAndValues) {
        var order = new LinkedHashMap<String, Object>();
        order.put("do", what);
        for (var i = 0; i < namesAndValues.length; i += 2) {
            order.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return ask(order);
    }

    Answer ask(Map<String, Object> order) {
        try {
            to.println(JSON.writeValueAsString(order));
            var line = from.readLine();
            if (line == null) {
                throw new IllegalStateException("the client died of " + order);
            }
            return new Answer(JSON.readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What every login to the lab has in common. */
    static Map<String, Object> login(Lab lab, String what) {
        var order = new LinkedHashMap<String, Object>();
        order.put("do", what);
        order.put("host", "127.0.0.1");
        order.put("port", lab.server.port());
        order.put("user", "sa");
        order.put("password", Lab.PASSWORD);
        order.put("database", "rtc");
        order.put("encrypt", true);
        return order;
    }

    @Override
    public void close() {
        to.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Poolkeeper as an administrator uses it: its launcher in a process of its own, its JSON lines, its exit code. */
final class Product {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path launcher;
    private final Path siteFile;
    private final List<String> wrapper;
    private final Consumer<JsonNode> listener;

    /**
     * The product for one site.
     *
     * @param wrapper what the launcher is started through; empty for nothing
     * @param listener hears every JSON line but the last
     */
    Product(Path launcher, Path siteFile, List<String> wrapper, Consumer<JsonNode> listener) {
        this.launcher = launcher;
        this.siteFile = siteFile;
        this.wrapper = List.copyOf(wrapper);
        this.listener = listener;
    }

    /**
     * What a verb left.
     *
     * @param summary its last line; missing if it printed none
     * @param errors what it wrote for people
     */
    record Ended(int exit, JsonNode summary, String errors) {}

    /** Runs a verb to its end. */
    Ended run(String... verb) throws IOException, InterruptedException {
        var command = new ArrayList<>(wrapper);
        command.add(launcher.toString());
        command.addAll(List.of(verb));
        command.addAll(List.of("-c", siteFile.toString(), "--json"));
        var process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        var errors = new StringBuilder();
        var drain = new Thread(() -> drain(process, errors), "demo-errors");
        drain.setDaemon(true);
        drain.start();
        var last = lines(process);
        var exit = process.waitFor();
        drain.join();
        synchronized (errors) {
            return new Ended(exit, last, errors.toString());
        }
    }

    private JsonNode lines(Process process) throws IOException {
        JsonNode last = MissingNode.getInstance();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (!last.isMissingNode()) {
                    listener.accept(last);
                }
                last = parse(line);
            }
        }
        return last;
    }

    private static JsonNode parse(String line) throws IOException {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("the product printed a line that is not JSON: " + line, e);
        }
    }

    private static void drain(Process process, StringBuilder errors) {
        process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            synchronized (errors) {
                errors.append(line).append('\n');
            }
        });
    }
}

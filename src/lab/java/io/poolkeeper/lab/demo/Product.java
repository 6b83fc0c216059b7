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
    private final Consumer<JsonNode> listener;

    /**
     * The product for one site.
     *
     * @param listener hears every JSON line but the summaries
     */
    Product(Path launcher, Path siteFile, Consumer<JsonNode> listener) {
        this.launcher = launcher;
        this.siteFile = siteFile;
        this.listener = listener;
    }

    /**
     * What a command left.
     *
     * @param summaries the last line of each verb that it ran
     * @param errors what it wrote for people
     */
    record Ended(int exit, List<JsonNode> summaries, String errors) {
        /** The last summary; missing if there is none. */
        JsonNode summary() {
            return summaries.isEmpty() ? MissingNode.getInstance() : summaries.get(summaries.size() - 1);
        }
    }

    /** Runs a verb to its end. */
    Ended run(String... verb) throws IOException, InterruptedException {
        return execute(command(verb));
    }

    /** The command line of a verb. */
    List<String> command(String... verb) {
        var command = new ArrayList<String>();
        command.add(launcher.toString());
        command.addAll(List.of(verb));
        command.addAll(List.of("-c", siteFile.toString(), "--json"));
        return command;
    }

    /** Runs a command that prints the product's lines. */
    Ended execute(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        var errors = new StringBuilder();
        var drain = new Thread(() -> drain(process, errors), "demo-errors");
        drain.setDaemon(true);
        drain.start();
        var summaries = lines(process);
        var exit = process.waitFor();
        drain.join();
        synchronized (errors) {
            return new Ended(exit, summaries, errors.toString());
        }
    }

    private List<JsonNode> lines(Process process) throws IOException {
        var summaries = new ArrayList<JsonNode>();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                var parsed = parse(line);
                if (parsed.path("message_type").asText().equals("summary")) {
                    summaries.add(parsed);
                } else {
                    listener.accept(parsed);
                }
            }
        }
        return summaries;
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

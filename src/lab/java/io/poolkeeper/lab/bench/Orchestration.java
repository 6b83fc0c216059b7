// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The product's broker and coordinator as processes of their own, asked for runs of many small steps. */
final class Orchestration {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int READY_TENTHS = 600;

    /** Runs that are not measured, at most; no more than are. */
    private static final int WARMING = 3;

    private final Path launcher;
    private final Path folder;
    private final Consumer<String> story;

    /**
     * Prepares.
     *
     * @param folder empty; everything happens in it
     * @param story hears what is being done
     */
    Orchestration(Path launcher, Path folder, Consumer<String> story) {
        this.launcher = launcher;
        this.folder = folder;
        this.story = story;
    }

    /**
     * One round.
     *
     * @param product seconds of the capture stage: from when its steps go out to when the last result is counted
     * @param bare of the bare loop
     */
    record Round(double product, BareLoop.Seconds bare) {
        double ratio() {
            return bare.all() / product;
        }
    }

    /** Runs of so many empty steps and the bare loop, in turns. */
    List<Round> rates(int steps, int rounds) throws IOException, InterruptedException {
        var site = OrchestrationSite.empty(folder.resolve("empty"), freePort(), steps);
        var measured = new ArrayList<Round>();
        var running = new Running(site, Map.of());
        try {
            var unmeasured = Math.min(WARMING, rounds); // a coordinator runs for months
            for (var warming = 1; warming <= unmeasured; warming++) {
                captured(site, steps);
                BareLoop.seconds(site.port(), steps);
                story.accept("warming up: %d of %d".formatted(warming, unmeasured));
            }
            for (var number = 1; number <= rounds; number++) {
                var round = round(site, steps, number % 2 == 0);
                story.accept("round %d: %,d steps in %.2f s, the bare loop in %.2f s"
                        .formatted(number, steps, round.product(), round.bare().all()));
                measured.add(round);
            }
        } finally {
            running.close();
        }
        return measured;
    }

    private Round round(OrchestrationSite site, int steps, boolean bareFirst) throws IOException, InterruptedException {
        if (bareFirst) {
            var bare = BareLoop.seconds(site.port(), steps);
            return new Round(captured(site, steps), bare);
        }
        var product = captured(site, steps);
        return new Round(product, BareLoop.seconds(site.port(), steps));
    }

    /** Seconds that so many steps take which sleep, side by side. */
    double sleepers(int steps, int seconds) throws IOException, InterruptedException {
        var site = OrchestrationSite.sleeping(folder.resolve("sleeping"), freePort(), steps, seconds);
        var running = new Running(site, Map.of("JAVA_TOOL_OPTIONS", "-Dpoolkeeper.worker.parallel=" + steps));
        try {
            var wall = captured(site, steps);
            story.accept("%d steps that sleep %d s: %.2f s".formatted(steps, seconds, wall));
            return wall;
        } finally {
            running.close();
        }
    }

    /** Most memory that the coordinator had resident by the time the first of so many steps were done, in 10^6 bytes. */
    double megabytes(int steps) throws IOException, InterruptedException {
        var site = OrchestrationSite.empty(folder.resolve("flight"), freePort(), steps);
        var running = new Running(site, Map.of());
        try {
            var out = site.folder().resolve("backup.json");
            var backup = process(site, out, Map.of(), "backup", "steps", "--json");
            try {
                awaitSteps(out, backup);
                var most = Stopwatch.highWater(running.pid()) * 1024 / 1e6;
                story.accept("%,d steps in flight: %.0f MB".formatted(steps, most));
                return most;
            } finally {
                backup.destroyForcibly();
            }
        } finally {
            running.close();
        }
    }

    /** The steps of a stage are sent before the first of them can end; the discovery's own step does not count. */
    private static void awaitSteps(Path out, Process backup) throws IOException, InterruptedException {
        for (var waited = 0; waited < 5 * READY_TENTHS && backup.isAlive(); waited++) {
            try (var lines = Files.lines(out)) {
                if (lines.anyMatch(line -> line.contains("\"step\":\"capture-") && line.contains("\"outcome\":"))) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("no step was done. HINT: look into " + out);
    }

    /** Seconds of a run's capture stage; it has one step for each part. */
    private double captured(OrchestrationSite site, int steps) throws IOException, InterruptedException {
        var out = site.folder().resolve("backup.json");
        process(site, out, Map.of(), "backup", "steps", "--json").waitFor();
        var summary = lastLine(out);
        var done = 0;
        for (var part : summary.path("parts")) {
            done += part.path("part").asText().matches("share:s\\d+")
                            && part.path("outcome").asText().matches("OK|WARNING")
                    ? 1
                    : 0;
        }
        if (done != steps) {
            throw new IOException("%d of %d steps were done. HINT: look into %s".formatted(done, steps, out));
        }
        return stage(site, summary.path("run").asText());
    }

    private double stage(OrchestrationSite site, String run) throws IOException, InterruptedException {
        var out = site.folder().resolve("status.json");
        process(site, out, Map.of(), "status", run, "--json").waitFor();
        for (var stage : lastLine(out).path("stages")) {
            if (stage.path("name").asText().equals("capture")) {
                return Duration.between(at(stage, "opened"), at(stage, "closed"))
                                .toNanos()
                        / 1e9;
            }
        }
        throw new IOException("run " + run + " has no stage capture. HINT: look into " + out);
    }

    private static JsonNode lastLine(Path out) throws IOException {
        var lines = Files.readAllLines(out);
        return lines.isEmpty() ? JSON.missingNode() : JSON.readTree(lines.get(lines.size() - 1));
    }

    private static Instant at(JsonNode stage, String key) {
        return Instant.parse(stage.path(key).asText());
    }

    private Process process(OrchestrationSite site, Path out, Map<String, String> environment, String... verb)
            throws IOException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(verb));
        command.addAll(List.of("-c", site.file()));
        var builder = new ProcessBuilder(command)
                .directory(site.folder().toFile())
                .redirectError(site.folder().resolve(verb[0] + ".log").toFile())
                .redirectOutput(out.toFile());
        builder.environment().put("POOLKEEPER_BUILD", "no");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A broker and a coordinator that end when this is closed. */
    private final class Running {
        private final Beside broker;
        private final Beside coordinator;

        Running(OrchestrationSite site, Map<String, String> environment) throws IOException, InterruptedException {
            broker = new Beside(process(site, site.folder().resolve("broker.out"), Map.of(), "broker"));
            try {
                awaitPort(site);
                var all = new HashMap<>(environment);
                all.put("POOLKEEPER_BUILD", "no");
                coordinator = Serving.start(launcher, site.folder(), all);
            } catch (IOException | InterruptedException e) {
                broker.close();
                throw e;
            }
        }

        private void awaitPort(OrchestrationSite site) throws IOException, InterruptedException {
            for (var waited = 0; waited < READY_TENTHS; waited++) {
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()), 1000);
                    return;
                } catch (IOException e) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
            throw new IOException(
                    "the broker did not start. HINT: look into " + site.folder().resolve("broker.log"));
        }

        long pid() {
            return Objects.requireNonNull(coordinator.process()).pid();
        }

        void close() {
            coordinator.close();
            broker.close();
        }
    }
}

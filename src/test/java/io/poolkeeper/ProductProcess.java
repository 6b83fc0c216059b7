// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.schema.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Poolkeeper as an administrator starts it: its launcher, in a process of its own, on what was built. */
public final class ProductProcess implements AutoCloseable {
    /** Of what this build made. */
    public static final Path LAUNCHER = Path.of("poolkeeper");

    private final Process process;
    private final Path out;
    private final Path err;

    private ProductProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a verb.
     *
     * @param said folder for what it prints
     * @param environment added to this process's own
     */
    public static ProductProcess start(Path said, Map<String, String> environment, Path siteFile, String... verb) {
        return start(LAUNCHER, said, environment, siteFile, verb);
    }

    /** Starts a verb of the installation that a launcher belongs to. */
    public static ProductProcess start(
            Path launcher, Path said, Map<String, String> environment, Path siteFile, String... verb) {
        var command = new ArrayList<String>();
        command.add(launcher.toAbsolutePath().toString());
        command.addAll(List.of(verb));
        command.addAll(List.of("-c", siteFile.toString()));
        try {
            Files.createDirectories(said);
            var out = Files.createTempFile(said, verb[0] + "-", ".out");
            var err = out.resolveSibling(out.getFileName() + ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("POOLKEEPER_BUILD", "no");
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            return new ProductProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Its exit code; a test failure if it does not end in time. */
    public int await(Duration most) throws InterruptedException {
        assertThat(process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> process.info().commandLine().orElse("the process") + " ended within " + most + ": " + out()
                        + err())
                .isTrue();
        return process.exitValue();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    /** The JSON lines so far. */
    public List<JsonNode> lines() {
        return out().lines()
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .map(Json::tree)
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}

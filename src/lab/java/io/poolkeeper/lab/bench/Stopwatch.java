// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs commands to their ends and measures them. */
final class Stopwatch {
    private static final int LOOK_MILLIS = 20;

    private final Path log;

    /**
     * Measures.
     *
     * @param log gets what the commands print
     */
    Stopwatch(Path log) {
        this.log = log;
    }

    /**
     * Runs one.
     *
     * @throws IOException if it does not end with 0, quoting the end of what it printed
     */
    Measured run(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var start = System.nanoTime();
        var process = builder.start();
        process.getOutputStream().close();
        var most = new HashMap<Long, Long>();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            look(process.toHandle(), most);
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException("%s ended with %d: %s".formatted(command, process.exitValue(), lastLines()));
        }
        var largest = most.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return new Measured(seconds, largest * 1024 / 1e6);
    }

    private static void look(ProcessHandle process, Map<Long, Long> most) {
        Stream.concat(Stream.of(process), process.descendants())
                .forEach(one -> most.merge(one.pid(), highWater(one.pid()), Math::max));
    }

    /** In kB, from Linux; 0 elsewhere, and for a process that has just ended. */
    static long highWater(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }

    private String lastLines() throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }
}

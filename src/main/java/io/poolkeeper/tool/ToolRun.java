// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs one program to its end: the arguments are a list that no shell sees, its input is empty, its environment holds no
 * secrets. When the time is over or the run is cancelled it is killed with all that it started.
 */
public final class ToolRun {
    private static final long PATIENCE_SECONDS = 5;

    private final SafeEnvironment environment;

    /** Runs programs in an environment. */
    public ToolRun(SafeEnvironment environment) {
        this.environment = environment;
    }

    /**
     * How it ended.
     *
     * @param output the last 64 KB of what it printed, as the system's own encoding reads it
     * @param lastWords the end of that, on one line
     */
    public record Ended(int exit, String output, String lastWords) {}

    /**
     * Runs it.
     *
     * @param name as people call it, e.g. {@code LCSCmd}
     * @param folder where it runs
     * @throws PermanentFault if it cannot be started, took too long, or the run was cancelled
     */
    public Ended run(String name, List<String> command, Path folder, Work work) {
        return run(name, command, folder, Map.of(), work);
    }

    /**
     * Runs it with something that it alone may know.
     *
     * @param secrets added to its environment: a password never stands among the arguments
     * @throws PermanentFault if it cannot be started, took too long, or the run was cancelled
     */
    public Ended run(String name, List<String> command, Path folder, Map<String, String> secrets, Work work) {
        var process = start(name, command, folder, secrets);
        var tail = new Tail();
        var reader = new Thread(() -> drain(process, tail), name + "-output");
        reader.setDaemon(true);
        reader.start();
        try {
            work.onCancel(() -> kill(process.toHandle()));
            var ended = process.waitFor(work.timeLeft().toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                kill(process.toHandle());
            }
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            work.checkCancelled();
            if (!ended) {
                throw new PermanentFault(
                        name + " did not end in the time that was left for it; it was stopped",
                        "run it by hand on the server: does it wait for something? It printed: " + tail.lastWords());
            }
            return new Ended(process.exitValue(), tail.text(), tail.lastWords());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFault("interrupted while " + name + " ran", "run it again", e);
        } finally {
            kill(process.toHandle());
            work.onCancel(() -> {});
        }
    }

    private Process start(String name, List<String> command, Path folder, Map<String, String> secrets) {
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            environment.clean(builder.environment());
            builder.environment().putAll(secrets);
            var process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new PermanentFault(
                    name + " cannot be started: " + e.getMessage(),
                    "check the program in the site file, and that this worker runs on the server that has it",
                    e);
        }
    }

    private static void drain(Process process, Tail tail) {
        try (var output = process.getInputStream()) {
            tail.drain(output);
        } catch (IOException e) {
            // the process was killed; what it said before is kept
        }
    }

    /** The parent first, so that it starts nothing more. */
    private static void kill(ProcessHandle process) {
        var children = process.children().toList();
        process.destroyForcibly();
        children.forEach(ToolRun::kill);
    }
}

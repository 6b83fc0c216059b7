// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Says where a secret is; it never holds one. Resolved each time it is used, so that a changed password needs no
 * restart.
 */
public sealed interface SecretRef {
    /** How long a command may take to print a secret. */
    Duration COMMAND_TIME = Duration.ofSeconds(30);

    /**
     * Fetches the secret.
     *
     * @throws UnresolvedSecret saying what is missing where, never with the secret
     */
    String resolve();

    /** The reference as it may be shown, e.g. {@code file:secrets/sql}. */
    @JsonValue
    String reference();

    /** A secret that could not be fetched. */
    final class UnresolvedSecret extends RuntimeException {
        UnresolvedSecret(String message) {
            super(message);
        }
    }

    /**
     * The first line of a file.
     *
     * @param file absolute
     * @param reference as written in the site file
     */
    record InFile(Path file, String reference) implements SecretRef {
        @Override
        public String resolve() {
            try {
                var text = Files.readString(file);
                var end = text.indexOf('\n');
                var secret = (end < 0 ? text : text.substring(0, end)).strip();
                if (secret.isEmpty()) {
                    throw new UnresolvedSecret("the secret file " + file + " is empty");
                }
                return secret;
            } catch (IOException e) {
                throw new UnresolvedSecret("the secret file " + file + " cannot be read: "
                        + e.getClass().getSimpleName() + "; it must exist and be readable by this account alone");
            }
        }
    }

    /** An environment variable. */
    record InEnvironment(String variable) implements SecretRef {
        @Override
        public String resolve() {
            var secret = System.getenv(variable);
            if (secret == null || secret.isEmpty()) {
                throw new UnresolvedSecret("the environment variable " + variable + " is not set");
            }
            return secret;
        }

        @Override
        public String reference() {
            return "env:" + variable;
        }
    }

    /** The first line that a command prints; the command is a list, no shell sees it. */
    record FromCommand(List<String> command) implements SecretRef {
        @Override
        public String resolve() {
            return resolve(COMMAND_TIME);
        }

        /** Fetches it within a time; neither the command nor what it started outlives this. */
        String resolve(Duration within) {
            Process process;
            try {
                process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UnresolvedSecret(reference() + " cannot be started: " + e.getMessage());
            }
            try {
                process.getOutputStream().close();
                // a read cannot be interrupted, and lasts as long as anything holds the pipe
                var line = CompletableFuture.supplyAsync(() -> firstLine(process), FromCommand::start)
                        .get(within.toMillis(), TimeUnit.MILLISECONDS);
                if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw late(within);
                }
                if (process.exitValue() != 0 || line.isEmpty()) {
                    throw new UnresolvedSecret(reference() + " ended with " + process.exitValue() + " and printed "
                            + (line.isEmpty() ? "nothing" : "something"));
                }
                return line;
            } catch (TimeoutException e) {
                throw late(within);
            } catch (IOException | ExecutionException e) {
                throw new UnresolvedSecret(reference() + " cannot be read");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnresolvedSecret(reference() + " was interrupted");
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }

        private UnresolvedSecret late(Duration within) {
            return new UnresolvedSecret(reference() + " did not end within " + within.toSeconds() + " s");
        }

        private static void start(Runnable reading) {
            var thread = new Thread(reading, "secret");
            thread.setDaemon(true);
            thread.start();
        }

        private static String firstLine(Process process) {
            try {
                return new String(process.getInputStream().readNBytes(64 * 1024), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String reference() {
            return "cmd:" + command.get(0);
        }
    }
}

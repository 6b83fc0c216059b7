// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import io.poolkeeper.lab.sql.Lab;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The programs of FreeTDS, run with a configuration file of their own that knows the lab as {@code lab}. */
final class FreeTds {
    private final Path configuration;

    /** What a program printed, and how it ended. */
    record Output(String out, String err, int exitCode) {
        /** The lines of a result without its heading. */
        List<String> rows() {
            return out.lines().skip(1).toList();
        }
    }

    /**
     * Writes the configuration.
     *
     * @param encryption off, request or require
     */
    FreeTds(Path folder, Lab lab, String encryption) {
        this(folder, lab.server.port(), encryption);
    }

    FreeTds(Path folder, int port, String encryption) {
        configuration = folder.resolve("freetds-" + port + "-" + encryption + ".conf");
        var text = """
                [global]
                tds version = auto
                client charset = UTF-8
                encryption = %s
                [lab]
                host = 127.0.0.1
                port = %d
                """.formatted(encryption, port);
        try {
            Files.writeString(configuration, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path configuration() {
        return configuration;
    }

    /** Starts a program and gives it its input. */
    Process start(String input, String... command) {
        var builder = new ProcessBuilder(command);
        builder.environment().put("FREETDSCONF", configuration.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("TDSVER");
        try {
            var process = builder.start();
            try (var to = process.outputWriter(StandardCharsets.UTF_8)) {
                to.write(input);
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end. */
    Output run(String input, String... command) {
        return await(start(input, command));
    }

    static Output await(Process process) {
        var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        var out = text(process.getInputStream());
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running: " + process.info());
            }
            return new Output(out, err.join(), process.exitValue());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

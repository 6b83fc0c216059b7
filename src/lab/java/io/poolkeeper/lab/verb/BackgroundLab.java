// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import io.poolkeeper.lab.LabOptions;
import io.poolkeeper.lab.site.LabFolder;
import io.poolkeeper.lab.site.RunningLab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a lab as a Java process of its own, with the class path of this one. */
final class BackgroundLab {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private BackgroundLab() {}

    /** Starts the process and returns when the lab is ready. */
    static ProcessHandle start(LabFolder folder, LabOptions options) throws IOException {
        // first, because the log lies in it
        folder.claim();
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=io/poolkeeper/lab/verb/logback.xml",
                        LabProcess.class.getName(),
                        folder.path().toString(),
                        options.edition().name(),
                        Long.toString(options.seed()),
                        Double.toString(options.scale().factor())))
                .redirectErrorStream(true)
                .redirectOutput(folder.log().toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        // file names of the shares are in several scripts
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        process.getOutputStream().close();
        waitUntilReady(process, folder);
        return process.toHandle();
    }

    private static void waitUntilReady(Process process, LabFolder folder) throws IOException {
        try {
            for (var waited = Duration.ZERO; waited.compareTo(READY_WITHIN) < 0; waited = waited.plus(LOOK_EVERY)) {
                if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("the lab ended with %d before it was ready. HINT: %s says why"
                            .formatted(process.exitValue(), folder.log()));
                }
                if (RunningLab.in(folder).isPresent()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the lab started", e);
        }
        process.destroy();
        throw new IOException(
                "the lab was not ready within %s. HINT: %s says how far it came".formatted(READY_WITHIN, folder.log()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the product's coordinator. */
final class Serving {
    private static final long READY_SECONDS = 60;

    private Serving() {}

    /**
     * Starts {@code serve} and waits until it can be asked.
     *
     * @param folder holds {@code site.yaml}, whose state folder is {@code state}; gets what the coordinator prints
     * @throws IOException if it ends, or is not ready after a minute
     */
    static Beside start(Path launcher, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        var site = folder.resolve("site.yaml").toString();
        var builder = new ProcessBuilder(launcher.toString(), "serve", "-c", site)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("serve.log").toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        var ready = folder.resolve("state/owner.json");
        for (var waited = 0; waited < READY_SECONDS * 10 && process.isAlive(); waited++) {
            if (Files.exists(ready)) {
                return new Beside(process);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroyForcibly();
        throw new IOException("the coordinator did not start. HINT: look into " + folder.resolve("serve.log"));
    }
}

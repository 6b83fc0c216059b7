// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that ends when it is closed. */
record Beside(@Nullable Process process) {
    /** Nothing runs. */
    static final Beside NONE = new Beside(null);

    private static final int STOP_SECONDS = 30;

    void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

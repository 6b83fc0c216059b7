// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers files into batches that are worth a task: many small ones, or one large one. Not thread-safe. */
final class LineBatches {
    private static final int MOST = 64;
    private static final long BYTES = 4 << 20;

    private final Consumer<List<FileLine>> task;
    private List<FileLine> batch = new ArrayList<>();
    private long bytes;

    /** Hands each batch to a task. */
    LineBatches(Consumer<List<FileLine>> task) {
        this.task = task;
    }

    void add(FileLine line) {
        batch.add(line);
        bytes += line.facts().size();
        if (batch.size() >= MOST || bytes >= BYTES) {
            flush();
        }
    }

    void flush() {
        if (!batch.isEmpty()) {
            task.accept(batch);
            batch = new ArrayList<>();
            bytes = 0;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.PartId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How far the steps are, in memory: losing it harms nobody. */
public final class ProgressBoard {
    private final Map<String, Progress> latest = new ConcurrentHashMap<>();

    /**
     * A worker's sign of life (config/schema/progress.json).
     *
     * @param done in {@code unit}
     * @param total 0 if it is not known
     * @param leaseUntil how long to wait for the next sign, UTC
     */
    public record Progress(
            String run,
            String step,
            int attempt,
            String worker,
            PartId part,
            long done,
            long total,
            String unit,
            Instant leaseUntil) {
        /** From 0 to 100; empty if the total is not known. */
        public Optional<Integer> percent() {
            return total <= 0 ? Optional.empty() : Optional.of((int) Math.min(100, done * 100 / total));
        }
    }

    /** Notes how far a step is. */
    public void note(Progress progress) {
        latest.put(progress.run() + "/" + progress.step(), progress);
    }

    /** How far a step is, if it said so. */
    public Optional<Progress> of(String run, String step) {
        return Optional.ofNullable(latest.get(run + "/" + step));
    }

    /** Forgets a run. */
    public void forget(String run) {
        latest.keySet().removeIf(key -> key.startsWith(run + "/"));
    }
}

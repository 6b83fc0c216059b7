// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What one round measured; ratios are taken within it, so that a machine that is slower for a while is so for all. */
final class Round {
    private final Map<Task, Map<String, Measured>> measured = new EnumMap<>(Task.class);

    void add(Task task, Contender contender, Measured one) {
        measured.computeIfAbsent(task, any -> new HashMap<>()).put(contender.title(), one);
    }

    /** What a contender took, if it knows the task. */
    Optional<Measured> of(Task task, String contender) {
        return Optional.ofNullable(measured.getOrDefault(task, Map.of()).get(contender));
    }
}

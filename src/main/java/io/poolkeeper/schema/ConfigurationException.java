// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; carries every problem, not only the first. */
public final class ConfigurationException extends RuntimeException {
    private final transient List<Problem> problems;

    /** Takes the problems in the order of their lines. */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All of them, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}

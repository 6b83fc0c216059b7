// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.Variables;
import io.poolkeeper.lab.sql.tsql.Options;

/** Options whose value is a number. */
final class StatsOption {
    private static final int DEFAULT = 10;

    private StatsOption() {}

    /** STATS: percents between two messages; 10 without a value, 0 without the option. */
    static int of(Options options, Variables variables) {
        if (!options.has("STATS")) {
            return 0;
        }
        var step = number(options, "STATS", DEFAULT, variables);
        if (step < 1 || step > 100) {
            throw SqlFailure.of(3250, step, "percent");
        }
        return step;
    }

    /** A number, or what it is without the option or without a value. */
    static int number(Options options, String name, int otherwise, Variables variables) {
        var value = options.value(name).map(variables::text);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value.get());
        } catch (NumberFormatException e) {
            throw SqlFailure.of(3217, name);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands behind WITH in a BACKUP or RESTORE.
 *
 * @param values each option's value by its name in upper case; an option without a value has the empty text
 * @param moves where RESTORE is to put which logical file
 */
public record Options(Map<String, Operand> values, List<Move> moves) {
    private static final Operand NOTHING = new Operand.Literal("");

    /** MOVE 'logical' TO 'physical'. */
    public record Move(Operand logicalName, Operand physicalName) {}

    /** Whether the option is there. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The option's value, if the option is there and has one. */
    public Optional<Operand> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.equals(NOTHING));
    }

    static Map<String, Operand> empty() {
        return new LinkedHashMap<>();
    }

    static Operand nothing() {
        return NOTHING;
    }
}

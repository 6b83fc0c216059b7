// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.SqlType;
import io.poolkeeper.lab.sql.tsql.Operand;
import io.poolkeeper.lab.sql.tsql.Scope.Binding;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The variables of one batch, by their names in lower case. */
public final class Variables {
    private final Map<String, Binding> byName = new HashMap<>();

    /** The variable, or null. */
    Binding get(String name) {
        return byName.get(name);
    }

    void declare(String name, SqlType type, Object value) {
        if (byName.putIfAbsent(name, new Binding(type, value)) != null) {
            throw SqlFailure.endingBatch(Messages.of(134, name));
        }
    }

    void set(String name, Object value) {
        byName.put(name, new Binding(existing(name).type(), value));
    }

    /** What an operand stands for, as text; null for a variable that is NULL. */
    public String text(Operand operand) {
        if (operand instanceof Operand.Variable variable) {
            return Objects.toString(existing(variable.name()).value(), null);
        }
        return ((Operand.Literal) operand).text();
    }

    private Binding existing(String name) {
        var binding = byName.get(name);
        if (binding == null) {
            throw SqlFailure.endingBatch(Messages.of(137, name));
        }
        return binding;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import java.time.Instant;
import java.util.Optional;

/** What the run store knows of runs that a change started. Thread-safe. */
public final class ChangeRuns {
    /** What such runs say started them; and who asks for one. */
    public static final String SOURCE = "change";

    private final RunStore store;

    /** Of a store. */
    public ChangeRuns(RunStore store) {
        this.store = store;
    }

    /** Whether there is a run of a key. */
    public boolean knows(String key) {
        return store.quickly(connection -> Rows.first(
                        connection, "SELECT id FROM run WHERE trigger_key = ?", row -> row.getString(1), key)
                .isPresent());
    }

    /** How many runs there were whose key begins like this. */
    public int count(String prefix) {
        return store.quickly(connection -> Rows.first(
                        connection,
                        "SELECT COUNT(*) FROM run WHERE SUBSTRING(trigger_key, 1, ?) = ?",
                        row -> row.getInt(1),
                        prefix.length(),
                        prefix)
                .orElse(0));
    }

    /** When the newest of the runs began whose key begins like this. */
    public Optional<Instant> newest(String prefix) {
        return store.quickly(connection -> Rows.first(
                connection,
                "SELECT created FROM run WHERE SUBSTRING(trigger_key, 1, ?) = ? ORDER BY created DESC FETCH FIRST 1 ROWS ONLY",
                row -> Rows.requiredInstant(row, "created"),
                prefix.length(),
                prefix));
    }

    /** Whether a backup of a plan is going on, so that another one would be refused. */
    public boolean isGoingOn(String plan) {
        return store.quickly(connection -> Rows.first(
                        connection,
                        "SELECT id FROM run WHERE closed IS NULL AND plan = ? AND kind = 'backup'",
                        row -> row.getString(1),
                        plan)
                .isPresent());
    }
}

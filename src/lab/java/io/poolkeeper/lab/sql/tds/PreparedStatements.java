// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.util.HashMap;
import java.util.Map;

/** The statements that a client prepared on its connection, by handle. */
final class PreparedStatements {
    private final Map<Integer, Prepared> byHandle = new HashMap<>();
    private int lastHandle;

    /**
     * A prepared statement.
     *
     * @param text the statement
     * @param declaration its parameters
     */
    record Prepared(String text, String declaration) {}

    int add(String text, String declaration) {
        byHandle.put(++lastHandle, new Prepared(text, declaration));
        return lastHandle;
    }

    /** The statement, or null if there is none with that handle. */
    Prepared get(int handle) {
        return byHandle.get(handle);
    }

    void remove(int handle) {
        byHandle.remove(handle);
    }
}

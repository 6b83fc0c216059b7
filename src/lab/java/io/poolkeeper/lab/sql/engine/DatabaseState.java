// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

/** What a database is up to; the names are those of {@code sys.databases.state_desc}. */
public enum DatabaseState {
    ONLINE(0),
    RESTORING(1),
    RECOVERING(2),
    RECOVERY_PENDING(3),
    SUSPECT(4),
    EMERGENCY(5),
    OFFLINE(6);

    private final int code;

    DatabaseState(int code) {
        this.code = code;
    }

    /** {@code sys.databases.state}. */
    public int code() {
        return code;
    }
}

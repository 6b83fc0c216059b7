// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

/** How much of its log a database keeps; the names are those of {@code sys.databases.recovery_model_desc}. */
public enum RecoveryModel {
    FULL(1),
    BULK_LOGGED(2),
    SIMPLE(3);

    private final int code;

    RecoveryModel(int code) {
        this.code = code;
    }

    /** {@code sys.databases.recovery_model}. */
    public int code() {
        return code;
    }

    /** As {@code RESTORE HEADERONLY} and {@code ALTER DATABASE} spell it. */
    public String label() {
        return name().replace('_', '-');
    }
}

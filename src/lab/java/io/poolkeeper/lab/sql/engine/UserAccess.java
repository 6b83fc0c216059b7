// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

/** Who may use a database; the names are those of {@code sys.databases.user_access_desc}. */
public enum UserAccess {
    MULTI_USER(0),
    SINGLE_USER(1),
    RESTRICTED_USER(2);

    private final int code;

    UserAccess(int code) {
        this.code = code;
    }

    /** {@code sys.databases.user_access}. */
    public int code() {
        return code;
    }
}

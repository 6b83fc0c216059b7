// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

/** What SET has set in a session, as far as anything depends on it. Used by the session's own thread. */
final class Settings {
    private boolean noCount;
    private long rowCount;
    private int error;

    boolean noCount() {
        return noCount;
    }

    void noCount(boolean on) {
        noCount = on;
    }

    /** {@code @@ROWCOUNT}. */
    long rowCount() {
        return rowCount;
    }

    /** {@code @@ERROR}. */
    int error() {
        return error;
    }

    void ended(long rows, int errorNumber) {
        rowCount = rows;
        error = errorNumber;
    }

    void reset() {
        noCount = false;
        ended(0, 0);
    }
}

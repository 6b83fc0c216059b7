// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.time.LocalDateTime;

/** What a session is doing, as {@code sys.dm_exec_requests} shows it. */
public final class Activity {
    private final String command;
    private final int databaseId;
    private final LocalDateTime started = ServerTime.now();
    private volatile int percent;

    /** A command, e.g. {@code BACKUP DATABASE}, that has just begun. */
    public Activity(String command, int databaseId) {
        this.command = command;
        this.databaseId = databaseId;
    }

    String command() {
        return command;
    }

    int databaseId() {
        return databaseId;
    }

    LocalDateTime started() {
        return started;
    }

    int percent() {
        return percent;
    }

    /** Notes how far it has come. */
    public void percent(int done) {
        percent = done;
    }
}

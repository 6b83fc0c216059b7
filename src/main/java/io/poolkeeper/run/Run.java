// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.schema.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a plan, as the run store knows it.
 *
 * @param id {@code 2026-11-23T230000Z-nightly-7c1a}; a backup's set has the same id
 * @param set the set that it fills or looks at; null if each part has its own
 * @param created UTC
 * @param dueBy when it must be finished, UTC
 * @param expected how many parts it is held to; null until it was planned
 * @param cancelled when somebody stopped it; null if nobody did
 * @param closed when it got its final outcome; null while it has none
 * @param failure why it could not be planned or carried on; null if it could
 * @param failureExit the exit code that follows from that; null if nothing does
 * @param exit the exit code; null until it is closed
 * @param summary the summary's JSON; null until it is closed
 */
public record Run(
        String id,
        Request request,
        @Nullable String set,
        Instant created,
        Instant dueBy,
        @Nullable Integer expected,
        @Nullable Instant cancelled,
        @Nullable Instant closed,
        @Nullable String failure,
        @Nullable ExitCode failureExit,
        @Nullable Integer exit,
        @Nullable String summary) {
    static final String COLUMNS =
            "id, request, set_id, created, due_by, expected, cancelled, closed, failure, failure_exit, exit_code, summary";

    static Run read(ResultSet row) throws SQLException {
        var exit = row.getInt("exit_code");
        var finished = !row.wasNull();
        var expected = row.getInt("expected");
        var planned = !row.wasNull();
        return new Run(
                row.getString("id"),
                Json.read(row.getString("request"), Request.class),
                row.getString("set_id"),
                Rows.requiredInstant(row, "created"),
                Rows.requiredInstant(row, "due_by"),
                planned ? expected : null,
                Rows.instant(row, "cancelled"),
                Rows.instant(row, "closed"),
                row.getString("failure"),
                row.getString("failure") == null ? null : ExitCode.of(row.getInt("failure_exit")),
                finished ? exit : null,
                row.getString("summary"));
    }

    /** Whether it has its final outcome. */
    public boolean isClosed() {
        return closed != null;
    }

    /** The set; for runs that have one. */
    public String requiredSet() {
        if (set == null) {
            throw new IllegalStateException("run " + id + " has no set");
        }
        return set;
    }
}

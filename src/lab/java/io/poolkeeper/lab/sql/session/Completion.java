// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

import java.util.OptionalLong;

/**
 * How one statement ended.
 *
 * @param command what kind of statement it was: some clients turn only some kinds into update counts
 * @param rows how many rows it returned or changed, where it counts them
 * @param failed whether it raised an error
 */
public record Completion(Command command, OptionalLong rows, boolean failed) {
    /** A statement that worked and counts nothing: SET, USE, BACKUP. */
    public static final Completion PLAIN = new Completion(Command.OTHER, OptionalLong.empty(), false);

    /** A statement that raised an error. */
    public static final Completion FAILED = new Completion(Command.OTHER, OptionalLong.empty(), true);

    /** The kinds of statements that a client can tell apart. */
    public enum Command {
        OTHER,
        SELECT,
        INSERT,
        DELETE,
        UPDATE,
        MERGE
    }

    /** A statement that worked on so many rows. */
    public static Completion of(Command command, long rows) {
        return new Completion(command, OptionalLong.of(rows), false);
    }

    /** The same end without its count, as SET NOCOUNT ON asks. */
    public Completion uncounted() {
        return new Completion(command, OptionalLong.empty(), failed);
    }
}

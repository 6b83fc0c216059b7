// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

import java.util.List;

/**
 * Where a session puts its answer, in the order in which the client shall see it. Used by one thread at a time. Every
 * method may throw {@link java.io.UncheckedIOException} when the client has gone.
 */
public interface Results {
    /** Begins a result with these columns. */
    void columns(List<Column> columns);

    /** Adds a row to the result that was begun last; values as in {@link Parameter}. */
    void row(List<?> values);

    /** Tells an error or an information. */
    void message(Message message);

    /** Ends one statement. */
    void done(Completion completion);

    /** Tells the client that its surroundings changed. */
    void environment(Environment change);

    /** Hands an output parameter back. */
    void output(int index, Parameter parameter);

    /** Makes what was told so far visible to the client now. */
    void flush();
}

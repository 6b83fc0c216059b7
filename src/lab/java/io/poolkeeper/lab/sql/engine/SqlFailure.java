// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Message;
import java.util.ArrayList;
import java.util.List;

/** A statement failed, for reasons that its client is to be told. */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Message> messages;
    private final boolean endsBatch;

    private SqlFailure(List<Message> messages, boolean endsBatch) {
        super(messages.get(0).text());
        this.messages = List.copyOf(messages);
        this.endsBatch = endsBatch;
    }

    /** A failure after which the batch goes on. */
    public static SqlFailure of(Message... messages) {
        return new SqlFailure(List.of(messages), false);
    }

    /** A failure with the message of that number, after which the batch goes on. */
    public static SqlFailure of(int number, Object... arguments) {
        return of(Messages.of(number, arguments));
    }

    /** A failure after which the rest of the batch is not run. */
    public static SqlFailure endingBatch(Message... messages) {
        return new SqlFailure(List.of(messages), true);
    }

    /** The same failure with one more message at its end, as 3013 follows every failed BACKUP. */
    public SqlFailure followedBy(Message last) {
        var all = new ArrayList<>(messages);
        all.add(last);
        return new SqlFailure(all, endsBatch);
    }

    /** What went wrong, in the order in which to tell it. */
    public List<Message> messages() {
        return messages;
    }

    /** Whether the rest of the batch is not to be run. */
    public boolean endsBatch() {
        return endsBatch;
    }
}

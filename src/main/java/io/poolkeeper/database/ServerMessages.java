// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import io.poolkeeper.step.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what the server says while a statement runs; BACKUP and RESTORE tell their progress (3211) and their success
 * (3014) only so. Severity is 0 on the wire where sys.messages says 10.
 */
final class ServerMessages {
    private static final int PERCENT_PROCESSED = 3211;
    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d{1,9}");

    private final Set<Integer> numbers = new LinkedHashSet<>();
    private final Work work;

    private ServerMessages(Work work) {
        this.work = work;
    }

    /**
     * Listens on a connection until it is closed.
     *
     * @throws SQLException if the connection is not one of SQL Server's driver
     */
    static ServerMessages listen(Connection connection, Work work) throws SQLException {
        var messages = new ServerMessages(work);
        connection.unwrap(SQLServerConnection.class).setServerMessageHandler(messages::hear);
        return messages;
    }

    /** Of all messages that came. */
    synchronized Set<Integer> numbers() {
        return Set.copyOf(numbers);
    }

    private synchronized @Nullable ISQLServerMessage hear(ISQLServerMessage message) {
        numbers.add(message.getErrorNumber());
        if (message.getErrorNumber() == PERCENT_PROCESSED) {
            // the number is an argument of the message, so it stands in every translation
            var percent = FIRST_NUMBER.matcher(String.valueOf(message.getErrorMessage()));
            if (percent.find()) {
                work.progress(Long.parseLong(percent.group()), 100, "percent");
            }
        }
        return message;
    }
}

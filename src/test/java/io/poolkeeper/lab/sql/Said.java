// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the server said: numbers and texts, in order. */
public final class Said {
    private Said() {}

    /** Runs one statement to its end and returns its messages as {@code number text}. */
    public static List<String> by(Statement statement, String sql) throws SQLException {
        statement.execute(sql);
        var messages = new ArrayList<String>();
        for (var w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
            messages.add(w.getErrorCode() + " " + w.getMessage());
        }
        return messages;
    }

    /** The numbers of all errors in a chain. */
    public static List<Integer> numbers(Throwable thrown) {
        var numbers = new ArrayList<Integer>();
        for (var e = (SQLException) thrown; e != null; e = e.getNextException()) {
            numbers.add(e.getErrorCode());
        }
        return numbers;
    }
}

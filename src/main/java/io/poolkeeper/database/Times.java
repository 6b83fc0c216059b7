// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;

/** Reads dates and times as drivers and sqlcmd write them. */
final class Times {
    private Times() {}

    /** {@code 2026-11-23 22:15:03.123}, with any number of decimals. */
    static LocalDateTime read(String text) throws SQLException {
        try {
            return LocalDateTime.parse(text.strip().replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw new SQLException("is no date and time: " + text, e);
        }
    }
}

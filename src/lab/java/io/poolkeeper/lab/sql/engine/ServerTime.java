// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The server's clock: local time, as SQL Server writes it into its history. */
public final class ServerTime {
    private static final int QUARTER_HOUR = 15 * 60;

    private ServerTime() {}

    /** What GETDATE() would say. */
    public static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault());
    }

    /** The distance from UTC in quarters of an hour, as {@code msdb.dbo.backupset.time_zone}. */
    public static int quartersFromUtc() {
        return OffsetDateTime.now(ZoneId.systemDefault()).getOffset().getTotalSeconds() / QUARTER_HOUR;
    }
}

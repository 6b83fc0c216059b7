// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import java.util.Locale;

/** What the lab breaks on demand. */
public enum Fault {
    /** The database rtc is offline. */
    DATABASE_OFFLINE,
    /** The folder of the meeting metadata is not there. */
    SHARE_GONE,
    /** LCSCmd ends with 0 and writes nothing. */
    LCSCMD_SILENT,
    /** The mail server refuses connections. */
    MAIL_DOWN;

    /** The name on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

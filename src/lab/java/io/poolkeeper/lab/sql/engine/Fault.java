// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.time.Duration;
import java.util.Locale;

/** Something that shall go wrong on an instance until the faults are cleared. */
public sealed interface Fault {
    /** Opening a backup device fails with message 3201, where the device's path contains the given part. */
    record OpenFails(String pathPart, OsError error) implements Fault {
        /** Whether it strikes there. */
        public boolean strikes(String device) {
            return device.toLowerCase(Locale.ROOT).contains(pathPart.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The login lacks a right: {@code HAS_PERMS_BY_NAME} says so, it is no longer in sysadmin, and what needs the right fails
     * with message 262.
     *
     * @param right as GRANT spells it, e.g. {@code BACKUP DATABASE} or {@code CREATE ANY DATABASE}
     * @param database the database it lacks it in; empty for a right on the server
     */
    record Denied(String right, String database) implements Fault {
        /** Whether it is about that right there. */
        public boolean strikes(String wanted, String inDatabase) {
            return right.equalsIgnoreCase(wanted) && database.equalsIgnoreCase(inDatabase);
        }
    }

    /** A fault of every backup of one database. */
    sealed interface OfBackup extends Fault {
        /** The database's name, in any case. */
        String database();
    }

    /** Another backup seems to be going on, so that each new one fails with message 3023. */
    record BackupRunning(String database) implements OfBackup {}

    /** Writing the backup fails with message 3202 when so many percent of it are written. */
    record WriteFails(String database, int atPercent, OsError error) implements OfBackup {}

    /**
     * A page of the data file, e.g. 120, does not match its checksum: WITH CHECKSUM the backup fails with message 3043 when so
     * many percent of it are written, else nobody notices.
     */
    record PageDamaged(String database, int atPercent, long page) implements OfBackup {}

    /** The connection that asked for the backup is cut when so many percent of it are written. */
    record Cut(String database, int atPercent) implements OfBackup {}

    /** Each percent of the backup takes so much longer than it would. */
    record Slow(String database, Duration perPercent) implements OfBackup {}
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

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

    /** Writing a backup of the database fails with message 3202 when so many percent of it are written. */
    record WriteFails(String database, int atPercent, OsError error) implements Fault {}
}

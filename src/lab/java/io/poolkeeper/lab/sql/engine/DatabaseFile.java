// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.util.UUID;

/**
 * One file of a database. No such file exists; only its name matters, because RESTORE refuses to write over another's.
 *
 * @param id 1 for the data file, 2 for the log
 * @param log whether it holds the log
 * @param logicalName the name that MOVE takes
 * @param physicalName its path on the server
 * @param guid stays the same through backup and restore
 */
public record DatabaseFile(int id, boolean log, String logicalName, String physicalName, UUID guid) {
    /** The same file elsewhere. */
    public DatabaseFile at(String newPath) {
        return new DatabaseFile(id, log, logicalName, newPath, guid);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.util.UUID;

/**
 * A file of the database in a set, as {@code RESTORE FILELISTONLY} shows it.
 *
 * @param id its number in the database
 * @param log whether it is the log
 * @param logicalName the name that MOVE takes
 * @param physicalName where it was
 * @param guid its identifier
 * @param size its length in bytes
 * @param backedUp the bytes of it in the set
 */
public record StoredFile(
        int id, boolean log, String logicalName, String physicalName, UUID guid, long size, long backedUp) {}

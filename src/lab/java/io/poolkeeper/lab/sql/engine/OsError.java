// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

/**
 * An error of Windows, as SQL Server quotes it.
 *
 * @param code its number
 * @param text its text
 */
public record OsError(int code, String text) {
    public static final OsError FILE_NOT_FOUND = new OsError(2, "The system cannot find the file specified.");
    public static final OsError PATH_NOT_FOUND = new OsError(3, "The system cannot find the path specified.");
    public static final OsError ACCESS_DENIED = new OsError(5, "Access is denied.");
    public static final OsError END_OF_FILE = new OsError(38, "Reached the end of the file.");
    public static final OsError DISK_FULL = new OsError(112, "There is not enough space on the disk.");

    /** As in messages 3201 to 3203: {@code 5(Access is denied.)}. */
    @Override
    public String toString() {
        return code + "(" + text + ")";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** The errors of Windows that SQL Server quotes in 3201 to 3203, by their number, which stands in every translation. */
final class OsErrors {
    static final int FILE_NOT_FOUND = 2;
    static final int PATH_NOT_FOUND = 3;
    static final int ACCESS_DENIED = 5;

    private static final Set<Integer> DEVICE = Set.of(3201, 3202, 3203);

    /** {@code 5(Access is denied.)}; a number that belongs to a path has no parenthesis behind it. */
    private static final Pattern QUOTED = Pattern.compile("(\\d{1,9})\\(");

    private OsErrors() {}

    /** The number that a message about a backup device quotes; empty if the chain has none. */
    static OptionalInt in(SQLException error, String device) {
        for (var message : SqlFaults.chain(error)) {
            var quoted = QUOTED.matcher(message.text().replace(device, ""));
            if (DEVICE.contains(message.number()) && quoted.find()) {
                return OptionalInt.of(Integer.parseInt(quoted.group(1)));
            }
        }
        return OptionalInt.empty();
    }

    /** What to do about one, where SQL Server's service account works in a folder. */
    static String hint(int number, String folder) {
        return switch (number) {
            case FILE_NOT_FOUND, PATH_NOT_FOUND ->
                "there is no folder " + folder + " as SQL Server's own host sees it: create it there, or correct"
                        + " backupDirectory (a drive letter that a user mapped is not there for a service)";
            case ACCESS_DENIED, 65 ->
                "give SQL Server's own service account (not the login) the right to modify " + folder
                        + ", in NTFS and, for a UNC path, also in the share; on another host Network Service and"
                        + " virtual accounts are DOMAIN\\HOST$";
            case 32, 33 -> "another program holds the file: exclude " + folder + " from the virus scanner";
            case 51, 53, 64, 67, 121, 1231 ->
                "SQL Server's host does not reach that file server or share: check the UNC path, DNS and firewall"
                        + " from that host";
            case 86, 1326, 1327, 1385 ->
                "the file server does not accept SQL Server's service account: run the service as a domain account,"
                        + " or use a folder on its own host";
            case 112 -> "the disk of " + folder + " is full: free space there";
            case 123, 161 -> folder + " is not a valid path on SQL Server's host: correct backupDirectory";
            default -> "'net helpmsg " + number + "' on a Windows host says what that error means";
        };
    }
}

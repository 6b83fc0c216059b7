// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.Locale;

/**
 * Files that no file method takes: {@code Meeting.Active}, which conferencing holds open and which is worthless after the
 * meeting, and database files, of which a copy made while they are open is no backup.
 */
final class Exclusions {
    private Exclusions() {}

    /** Whether the file of this path is left out. */
    static boolean cover(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.equals("meeting.active") || name.endsWith(".mdf") || name.endsWith(".ndf") || name.endsWith(".ldf");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.step.PermanentFault;
import java.util.List;
import java.util.Locale;

/** Which volumes or folders of the server hold the files of a database, as wbadmin is told them. */
final class FilePlaces {
    private FilePlaces() {}

    /**
     * Each once, sorted.
     *
     * @throws PermanentFault if a file lies on no volume of the server
     */
    static List<String> of(List<BackupFile> files, boolean wholeVolumes) {
        return files.stream()
                .map(file -> place(file.physicalName(), wholeVolumes))
                .distinct()
                .sorted()
                .toList();
    }

    private static String place(String file, boolean wholeVolumes) {
        if (!file.matches("[A-Za-z]:\\\\.+")) {
            throw new PermanentFault(
                    file + " lies on no volume of the server: Windows Server Backup cannot take it",
                    "use another method for this database, e.g. sql-native");
        }
        var folder = file.substring(0, file.lastIndexOf('\\'));
        return wholeVolumes || folder.length() == 2 ? file.substring(0, 2).toUpperCase(Locale.ROOT) : folder;
    }
}

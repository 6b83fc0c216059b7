// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.step.PermanentFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the files of a restored database go. In a sandbox they lie beside master's, with names of their own. In place a file
 * goes where the database has it now, else where it lay when it was backed up, else, if that folder does not exist on this
 * server, where the Standard Edition keeps its databases, else beside master's.
 */
final class FilePlacement {
    private final Connection connection;
    private final Destination destination;
    private final List<String> knownFolders;

    /**
     * Placement on one server.
     *
     * @param knownFolders where databases of the product lie, as the server sees it, best first
     */
    FilePlacement(Connection connection, Destination destination, List<String> knownFolders) {
        this.connection = connection;
        this.destination = destination;
        this.knownFolders = knownFolders;
    }

    /** The clauses MOVE of RESTORE DATABASE, each ending with a comma. */
    String clauses(List<BackupFile> files) throws SQLException {
        var clauses = new StringBuilder();
        var present = present();
        var number = 1;
        for (var file : files) {
            var path = destination.isSandbox() ? sandbox(file, number++) : inPlace(file, present);
            clauses.append("MOVE ")
                    .append(Quoted.text(file.logicalName()))
                    .append(" TO ")
                    .append(Quoted.text(path))
                    .append(", ");
        }
        return clauses.toString();
    }

    private String sandbox(BackupFile file, int number) throws SQLException {
        return masterFolder() + destination.name() + "_" + number + ("L".equals(file.type()) ? ".ldf" : ".mdf");
    }

    private String inPlace(BackupFile file, Map<String, String> present) throws SQLException {
        var now = present.get(file.logicalName().toLowerCase(Locale.ROOT));
        if (now != null) {
            return now;
        }
        if (folderExists(folder(file.physicalName()))) {
            return file.physicalName();
        }
        for (var known : knownFolders) {
            if (folderExists(known)) {
                return known + "\\" + leaf(file.physicalName());
            }
        }
        return masterFolder() + leaf(file.physicalName());
    }

    /** The files of the database that is there, by logical name. */
    private Map<String, String> present() throws SQLException {
        var files = new HashMap<String, String>();
        if (destination.isSandbox()) {
            return files;
        }
        try (var statement = connection.prepareStatement(
                "SELECT name, physical_name FROM sys.master_files WHERE database_id = DB_ID(?)")) {
            statement.setString(1, destination.name());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    files.put(row.getString("name").toLowerCase(Locale.ROOT), row.getString("physical_name"));
                }
            }
        }
        return files;
    }

    private boolean folderExists(String folder) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("EXEC master.dbo.xp_fileexist " + Quoted.text(folder))) {
            return row.next() && row.getInt(2) == 1; // "File is a Directory"
        }
    }

    private String masterFolder() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT physical_name FROM sys.master_files WHERE database_id = 1 AND type = 0")) {
            if (!row.next()) {
                throw new PermanentFault(
                        "sql." + destination.instance().key() + " does not tell where master lies",
                        "grant the login VIEW ANY DEFINITION");
            }
            var file = row.getString(1);
            return file.substring(0, file.length() - leaf(file).length());
        }
    }

    private static String folder(String file) {
        return file.substring(0, Math.max(0, file.length() - leaf(file).length() - 1));
    }

    private static String leaf(String file) {
        return file.substring(Math.max(file.lastIndexOf('\\'), file.lastIndexOf('/')) + 1);
    }
}

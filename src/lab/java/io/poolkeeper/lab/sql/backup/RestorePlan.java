// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Database;
import io.poolkeeper.lab.sql.engine.DatabaseFile;
import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.StoredFile;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.tsql.Options;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the files of a restored database go, and whether they may. */
final class RestorePlan {
    private final StatementContext context;
    private final String target;
    private final Map<String, String> moves = new HashMap<>();

    RestorePlan(StatementContext context, String target, Options options, BackupSet set) {
        this.context = context;
        this.target = target;
        for (var move : options.moves()) {
            var logicalName = context.variables().text(move.logicalName());
            if (set.files().stream().noneMatch(file -> file.logicalName().equalsIgnoreCase(logicalName))) {
                throw SqlFailure.of(3234, logicalName, target);
            }
            moves.put(key(logicalName), context.variables().text(move.physicalName()));
        }
    }

    /** The files of the new database; messages 1834 or 5133 with 3156 and 3119 if they cannot be there. */
    List<DatabaseFile> files(BackupSet set) {
        var files = new ArrayList<DatabaseFile>();
        var complaints = new ArrayList<Message>();
        for (var stored : set.files()) {
            var path = moves.getOrDefault(key(stored.logicalName()), stored.physicalName());
            complaints.addAll(complaints(stored, path));
            files.add(new DatabaseFile(stored.id(), stored.log(), stored.logicalName(), path, stored.guid()));
        }
        if (!complaints.isEmpty()) {
            complaints.add(Messages.of(3119));
            throw SqlFailure.of(complaints.toArray(new Message[0]));
        }
        return files;
    }

    private List<Message> complaints(StoredFile stored, String path) {
        var owner = context.instance().databases().all().stream()
                .filter(database -> !database.name().equalsIgnoreCase(target))
                .filter(database -> uses(database, path))
                .findFirst();
        var cannot = Messages.of(3156, stored.logicalName(), path);
        if (owner.isPresent()) {
            return List.of(Messages.of(1834, path, owner.get().name()), cannot);
        }
        return hasFolder(path) ? List.of() : List.of(Messages.of(5133, path, OsError.PATH_NOT_FOUND), cannot);
    }

    private static boolean uses(Database database, String path) {
        return database.files().stream()
                .anyMatch(file -> key(file.physicalName()).equals(key(path)));
    }

    /** A folder exists if it is mapped, or if a database has a file in it already. */
    private boolean hasFolder(String path) {
        var folder = folder(path);
        var isMapped = context.instance()
                .folders()
                .resolve(path)
                .map(real -> Files.isDirectory(real.getParent()))
                .orElse(false);
        return isMapped
                || context.instance().databases().all().stream()
                        .flatMap(database -> database.files().stream())
                        .anyMatch(file -> folder(file.physicalName()).equals(folder));
    }

    private static String folder(String path) {
        var normal = key(path);
        return normal.substring(0, Math.max(0, normal.lastIndexOf('\\')));
    }

    private static String key(String path) {
        return path.replace('/', '\\').toLowerCase(Locale.ROOT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.Instance;
import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.media.MediaFault;
import io.poolkeeper.lab.sql.media.MediaReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A backup file by the name that the client gave it, and what Windows would say if it cannot be used.
 *
 * @param name as the client wrote it
 * @param path where it really is
 * @param virtual whether it is no file of the client's but what VSS reads from
 */
record Device(String name, Path path, boolean virtual) {
    /** The folder in which virtual devices lie, as {@link io.poolkeeper.lab.sql.engine.Folders} knows it. */
    private static final String VIRTUAL = "\\\\.\\vdi\\";

    private static final OsError OTHER =
            new OsError(1117, "The request could not be performed because of an I/O device error.");

    /** Finds the file; failure 3201 if the service account cannot see its folder. */
    static Device find(String name, Instance instance) {
        var fault = instance.faults().find(Fault.OpenFails.class, f -> f.strikes(name));
        if (fault.isPresent()) {
            throw cannotOpen(name, fault.get().error());
        }
        var path = instance.folders().resolve(name).orElse(null);
        if (path == null || path.getParent() == null || !Files.isDirectory(path.getParent())) {
            throw cannotOpen(name, OsError.PATH_NOT_FOUND);
        }
        if (Files.isDirectory(path)) {
            throw cannotOpen(name, OsError.ACCESS_DENIED);
        }
        return new Device(name, path, false);
    }

    /** A virtual device by its GUID; failure 3201 if nobody has made one. */
    static Device virtual(String name, Instance instance) {
        return new Device(name, find(VIRTUAL + name, instance).path(), true);
    }

    /** Opens it to read. */
    MediaReader open() {
        try {
            return MediaReader.open(path);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Why it could not be opened. */
    SqlFailure cannotOpen(IOException e) {
        return cannotOpen(name, osError(e));
    }

    /** Why it could not be written: message 3202. */
    SqlFailure cannotWrite(OsError error) {
        return SqlFailure.of(3202, name, error);
    }

    /** Why it could not be written. */
    SqlFailure cannotWrite(IOException e) {
        return cannotWrite(osError(e));
    }

    /** Why it could not be read as a backup. */
    SqlFailure unreadable(IOException e) {
        if (!(e instanceof MediaFault fault)) {
            return e instanceof NoSuchFileException || e instanceof AccessDeniedException
                    ? cannotOpen(e)
                    : SqlFailure.of(3203, name, osError(e));
        }
        return switch (fault.kind()) {
            case EMPTY -> SqlFailure.of(3254, name);
            case MALFORMED -> SqlFailure.of(3241, name);
            case TRUNCATED -> SqlFailure.of(3203, name, OsError.END_OF_FILE);
            case INCOMPLETE -> SqlFailure.of(3256, name);
            case DAMAGED_PAGE -> SqlFailure.of(3189);
        };
    }

    private static SqlFailure cannotOpen(String name, OsError error) {
        return SqlFailure.of(Messages.of(3201, name, error));
    }

    private static OsError osError(IOException e) {
        if (e instanceof NoSuchFileException) {
            return OsError.FILE_NOT_FOUND;
        }
        if (e instanceof AccessDeniedException) {
            return OsError.ACCESS_DENIED;
        }
        var text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("not enough space") ? OsError.DISK_FULL : OTHER;
    }
}

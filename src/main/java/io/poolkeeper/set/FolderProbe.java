// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out by doing it whether this account can keep files in a folder as a vault or a state folder needs it: make a folder for
 * its owner alone, write and flush a file, rename the folder, and delete it. A folder that is not there yet is tried in the
 * nearest one above it. Leaves nothing.
 */
public final class FolderProbe {
    private FolderProbe() {}

    /**
     * What came of it.
     *
     * @param where the folder in which it was done
     * @param wide who else may use what is made there although it was made for its owner alone; empty if nobody
     */
    public record Tried(Path where, Optional<String> wide) {}

    /**
     * Tries it.
     *
     * @throws IOException that says at which file it failed
     */
    public static Tried of(Path folder) throws IOException {
        var where = nearest(folder);
        var name = ".poolkeeper-check-" + UUID.randomUUID();
        var made = where.resolve(name);
        var renamed = where.resolve(name + "-renamed");
        renamed.toFile().deleteOnExit(); // deleted in reverse order, should a signal end the process
        made.toFile().deleteOnExit();
        renamed.resolve("file").toFile().deleteOnExit();
        made.resolve("file").toFile().deleteOnExit();
        try {
            Files.createDirectory(made, Disk.folderRights());
            var wide = FolderAccess.wide(made, java.util.List.of());
            Disk.write(made.resolve("file"), "written by poolkeeper check".getBytes(StandardCharsets.UTF_8));
            Disk.rename(made, renamed);
            Disk.flushFolder(where);
            return new Tried(where, wide);
        } finally {
            Disk.delete(made);
            Disk.delete(renamed);
        }
    }

    /**
     * The folder itself, or the nearest above it that is there.
     *
     * @throws IOException if there is none
     */
    static Path nearest(Path folder) throws IOException {
        for (var at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at)) {
                return at;
            }
            if (Files.exists(at)) {
                throw new IOException(at + " is a file, not a folder");
            }
        }
        throw new IOException("there is no folder above " + folder);
    }
}

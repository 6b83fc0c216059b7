// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The folder through which files go between SQL Server and the vault: the server's service account sees it as
 * backupDirectory, the worker as collectFrom.
 */
final class Staging {
    private static final int BUFFER = 1 << 16;
    private static final int REMOVE_TRIES = 10;
    private static final Duration REMOVE_PAUSE = Duration.ofMillis(500);

    private final SqlSource source;

    Staging(SqlSource source) {
        this.source = source;
    }

    private Path file(String name) {
        return source.collectFrom().resolve(name);
    }

    /** The file's name as the server sees it. */
    String seenByServer(String name) {
        return source.seenByServer(name);
    }

    /**
     * Copies what SQL Server wrote into the attempt's folder, hashing while copying, and flushes it. The file stays in
     * staging until it was verified.
     */
    Artefact collect(String name, Work work, String path) {
        var from = file(name);
        try (var in = Files.newInputStream(from);
                var out = new ArtefactWriter(work.attemptFolder(), path)) {
            copy(in, out, Files.size(from), work);
            return out.finish();
        } catch (NoSuchFileException e) {
            throw new PermanentFault(
                    "SQL Server wrote " + source.seenByServer(name) + ", but the worker does not find it as " + from,
                    "sql." + source.key()
                            + ".collectFrom must be the same folder as backupDirectory, as this worker sees it",
                    e);
        } catch (IOException e) {
            throw new TransientFault(
                    "reading " + from + ": " + e.getMessage(), "check the connection to that folder", e);
        }
    }

    private static void copy(InputStream in, ArtefactWriter out, long total, Work work) throws IOException {
        var buffer = new byte[BUFFER];
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            work.progress(out.size(), total, "bytes");
            work.checkCancelled();
        }
    }

    /**
     * Makes sure that a file of the vault lies in staging under that name, byte for byte; what lies there already is used if
     * it is the same.
     */
    void place(Path vaultFile, Artefact artefact, String name) {
        var target = file(name);
        try {
            if (Files.exists(target)
                    && Files.size(target) == artefact.size()
                    && Hashes.sha256(target).equals(artefact.sha256())) {
                return;
            }
            // SQL Server's service account has to read it, so it gets the folder's own rights
            Files.copy(vaultFile, target, StandardCopyOption.REPLACE_EXISTING);
            if (!Hashes.sha256(target).equals(artefact.sha256())) {
                throw new TransientFault(
                        "the copy of " + artefact.path() + " in " + target + " is not what the vault holds",
                        "check that volume");
            }
        } catch (IOException e) {
            throw new TransientFault(
                    "copying " + artefact.path() + " to " + target + ": " + e.getMessage(),
                    "check collectFrom of sql." + source.key() + " and its free space",
                    e);
        }
    }

    /** Removes what a backup that failed left; SQL Server may hold it until it knows that nobody waits for it any more. */
    void removeLeft(String name) {
        for (var attempt = 1; ; attempt++) {
            try {
                remove(name);
                return;
            } catch (TransientFault e) {
                if (attempt == REMOVE_TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(REMOVE_PAUSE.toNanos());
            }
        }
    }

    /** Removes a file; fine if it is not there. */
    void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
            Disk.flushFolder(source.collectFrom());
        } catch (IOException e) {
            throw new TransientFault("deleting " + file(name) + ": " + e.getMessage(), "delete it by hand", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.VaultFull;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Sorts what file systems throw: into words, into the two faults, and into damage or not. */
final class Faults {
    private Faults() {}

    /** What went wrong, in words, without the path. */
    static String text(Throwable error) {
        if (error instanceof AccessDeniedException) {
            return "access denied" + because(error);
        }
        if (error instanceof NoSuchFileException) {
            return "is not there" + because(error);
        }
        if (error instanceof NotDirectoryException) {
            return "is not a folder";
        }
        var said = error instanceof FileSystemException fs ? fs.getReason() : error.getMessage();
        return said == null ? error.getClass().getSimpleName() : said;
    }

    /** What the file server called it; the operating system leaves that out. */
    private static String because(Throwable error) {
        var reason = error instanceof FileSystemException said ? said.getReason() : null;
        return reason == null ? "" : " (" + reason + ")";
    }

    /** Whether it says that the bytes are wrong or gone, rather than that they could not be read. */
    static boolean isDamage(IOException error) {
        return error instanceof ZipException || error instanceof EOFException || error instanceof NoSuchFileException;
    }

    /** The fault of a share's root that cannot be listed. */
    static StepFault root(String share, IOException error) {
        var cause = share + ": " + text(error);
        if (error instanceof NoSuchFileException) {
            return new PermanentFault(cause, "is the share mounted? Else correct its path in the site file", error);
        }
        if (error instanceof NotDirectoryException) {
            return new PermanentFault(cause, "name the folder itself in the site file", error);
        }
        if (error instanceof AccessDeniedException) {
            return new PermanentFault(
                    cause, "give the account that runs Poolkeeper the right to read and list the share", error);
        }
        return new TransientFault(cause, "check the file server and the network", error);
    }

    /** The fault of a sandbox that cannot be written. */
    static StepFault sandbox(Path file, IOException error) {
        var cause = "cannot write " + file + ": " + text(error);
        return VaultFull.says(error) || error instanceof AccessDeniedException
                ? new PermanentFault(cause, "name a folder with enough room, writable for Poolkeeper", error)
                : new TransientFault(cause, "check the volume of the folder", error);
    }
}

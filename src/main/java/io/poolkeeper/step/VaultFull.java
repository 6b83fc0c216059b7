// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Recognises that a disk is full: Java has no type for it, so the operating system's words decide (ENOSPC and EDQUOT on
 * POSIX, ERROR_DISK_FULL 112 and ERROR_HANDLE_DISK_FULL 39 on Windows).
 */
public final class VaultFull {
    /** How the cause of such a fault begins; a run in which it appears publishes no set. */
    public static final String CAUSE = "VAULT FULL";

    private VaultFull() {}

    /** Whether this error says that the disk is full. */
    public static boolean says(IOException error) {
        var text = String.valueOf(error instanceof FileSystemException fs ? fs.getReason() : error.getMessage())
                .toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("disk quota exceeded")
                || text.contains("not enough space")
                || text.contains("disk is full");
    }

    /** The fault of a write into the vault that failed. */
    public static StepFault fault(Path file, IOException error) {
        return says(error)
                ? new PermanentFault(
                        CAUSE + ": no space left for " + file,
                        "free space in the vault, or give it a larger volume",
                        error)
                : new TransientFault(
                        "cannot write " + file + ": " + error.getMessage(),
                        "check the vault's volume and permissions",
                        error);
    }
}

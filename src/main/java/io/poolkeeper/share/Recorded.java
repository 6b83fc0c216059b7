// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import java.util.List;

/**
 * What a capture records of a share: what a restore is compared with, and what was done. Stands in the manifest.
 *
 * @param files in the share, those in other sets too
 * @param bytes of all files together
 * @param sha256 over the whole share, see {@link TreeDigest}
 * @param read files that were read, because they are new or changed
 * @param readBytes their size
 * @param stored how many of them do not get smaller by compression
 * @param written size of the segments in bytes
 * @param unchanged files that an earlier set holds
 * @param deleted files and links of the base that are no longer there
 * @param excluded files that are left out on purpose
 * @param unreadable names that could not be read; the list names each
 * @param vanished names that were gone when they were to be read
 * @param vanishedNames some of them
 * @param unsteady files that changed while they were read, twice
 * @param copied files that did not change and whose packed bytes were copied from where the vault held them
 * @param copiedStored how many of them do not get smaller by compression
 */
record Recorded(
        long files,
        long folders,
        long links,
        long bytes,
        String sha256,
        long read,
        long readBytes,
        long stored,
        long written,
        long unchanged,
        long deleted,
        long excluded,
        long unreadable,
        long vanished,
        List<String> vanishedNames,
        long unsteady,
        long copied,
        long copiedStored) {
    /**
     * What a set's manifest says.
     *
     * @throws io.poolkeeper.schema.MalformedDocument if it says nothing of this kind
     */
    static Recorded of(Manifest.Part part) {
        if (part.recorded() == null) {
            throw new MalformedDocument("nothing was recorded of " + part.part());
        }
        return Json.as(part.recorded(), Recorded.class);
    }

    /** What a restore is compared with. */
    TreeSum tree() {
        return new TreeSum(files, folders, links, bytes, sha256);
    }

    /** Whether there was anything at all in the share. */
    boolean heldSomething() {
        return files + folders + links > 0;
    }
}

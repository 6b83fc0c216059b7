// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param undescribed names whose owner and access list could not be read
 * @param streams alternate data streams, which are not preserved
 * @param linked files with several names (hard links); each name is restored as a file of its own
 * @param sparse files with holes, which a restore fills
 * @param rootSddl owner, group and access list of the share's own folder; null if there is none
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
        long copiedStored,
        long undescribed,
        long streams,
        long linked,
        long sparse,
        @Nullable String rootSddl) {
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

    /** What a restore will not bring back, in words; empty if there is nothing. */
    String notPreserved() {
        var words = new ArrayList<String>();
        if (streams > 0) {
            words.add(streams + " alternate data streams");
        }
        if (linked > 0) {
            words.add("the hard links of " + linked + " files, which become files of their own");
        }
        if (sparse > 0) {
            words.add("the holes of " + sparse + " sparse files");
        }
        return String.join(", ", words);
    }

    /** Whether there was anything at all in the share. */
    boolean heldSomething() {
        return files + folders + links > 0;
    }
}

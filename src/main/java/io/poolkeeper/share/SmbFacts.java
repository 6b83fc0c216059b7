// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.hierynomus.msdtyp.FileTime;
import com.hierynomus.msfscc.fileinformation.FileAllInformation;
import com.hierynomus.msfscc.fileinformation.FileFullDirectoryInformation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a file server says of a name, in a listing or of an open handle.
 *
 * @param attributes bits of MS-FSCC 2.6
 */
record SmbFacts(long attributes, long size, FileTime modified, FileTime created, FileTime changed) {
    static final long SPARSE = 0x200;
    private static final long READ_ONLY = 0x1;
    private static final long HIDDEN = 0x2;
    private static final long SYSTEM = 0x4;
    private static final long DIRECTORY = 0x10;
    private static final long REPARSE_POINT = 0x400;
    private static final long TICKS = 10_000_000;
    private static final long FROM_1601_TO_1970 = 11_644_473_600L;

    static SmbFacts of(FileFullDirectoryInformation listed) {
        return new SmbFacts(
                listed.getFileAttributes(),
                listed.getEndOfFile(),
                listed.getLastWriteTime(),
                listed.getCreationTime(),
                listed.getChangeTime());
    }

    static SmbFacts of(FileAllInformation open) {
        var basic = open.getBasicInformation();
        return new SmbFacts(
                basic.getFileAttributes(),
                open.getStandardInformation().getEndOfFile(),
                basic.getLastWriteTime(),
                basic.getCreationTime(),
                basic.getChangeTime());
    }

    /** Whether it may be a link; also what a server keeps elsewhere or packed has this mark, and reads like any file. */
    boolean isReparsePoint() {
        return (attributes & REPARSE_POINT) != 0;
    }

    boolean isSparse() {
        return (attributes & SPARSE) != 0;
    }

    Facts facts() {
        return facts((attributes & DIRECTORY) != 0 ? NodeType.FOLDER : NodeType.FILE, null);
    }

    Facts link(String target) {
        return facts(NodeType.LINK, target);
    }

    private Facts facts(NodeType type, @Nullable String target) {
        var written = instant(modified);
        var born = instant(created);
        var touched = instant(changed);
        return new Facts(
                type,
                type == NodeType.FILE ? size : 0,
                written,
                created.getWindowsTimeStamp() <= 0 || born.equals(written) ? null : born,
                letters(),
                null,
                target,
                null,
                changed.getWindowsTimeStamp() <= 0 || touched.equals(written) ? null : touched);
    }

    /** Without the archive bit, as for a local folder. */
    private @Nullable String letters() {
        var letters = ((attributes & READ_ONLY) != 0 ? "R" : "")
                + ((attributes & HIDDEN) != 0 ? "H" : "")
                + ((attributes & SYSTEM) != 0 ? "S" : "");
        return letters.isEmpty() ? null : letters;
    }

    /** All of the 100 nanoseconds that a server counts in. */
    static Instant instant(FileTime time) {
        var ticks = time.getWindowsTimeStamp();
        return Instant.ofEpochSecond(
                Math.floorDiv(ticks, TICKS) - FROM_1601_TO_1970, Math.floorMod(ticks, TICKS) * 100);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Whether the system tells of the changes in a folder. It does for its own disks; of a file server's files it tells what this
 * machine does to them and nothing of what others do, which is worse than nothing: so those are scanned alone.
 *
 * @param told whether it does
 * @param why for a person
 */
public record Watching(boolean told, String why) {
    private static final Set<String> REMOTE = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "ncpfs",
            "9p",
            "ceph",
            "glusterfs",
            "lustre",
            "gfs2",
            "ocfs2",
            "beegfs",
            "davfs",
            "virtiofs",
            "vboxsf");

    /**
     * Looks where a folder lies.
     *
     * @throws IOException if it cannot be reached
     */
    public static Watching of(Path folder) throws IOException {
        if (isUnc(folder) || isUnc(folder.toRealPath())) {
            return new Watching(false, "it lies on a file server");
        }
        var type = Files.getFileStore(folder).type();
        return isRemote(type)
                ? new Watching(false, type + " comes from another machine")
                : new Watching(true, "a folder of this machine (" + type + ")");
    }

    /** A drive letter that stands for a share becomes its UNC path when all links are followed. */
    private static boolean isUnc(Path folder) {
        return File.separatorChar == '\\' && folder.toString().startsWith("\\\\");
    }

    /** File systems in user space are somebody else's, too, unless they stand for a disk of this machine. */
    static boolean isRemote(String type) {
        var name = type.toLowerCase(Locale.ROOT);
        return REMOTE.contains(name) || (name.startsWith("fuse.") && !name.equals("fuse.ntfs-3g"));
    }
}

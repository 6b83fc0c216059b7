// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.msdtyp.SecurityInformation;
import com.hierynomus.msfscc.FileInformationClass;
import com.hierynomus.msfscc.fileinformation.FileAllInformation;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2CreateOptions;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.mssmb2.messages.SMB2QueryInfoRequest.SMB2QueryInfoType;
import com.hierynomus.smbj.share.Directory;
import com.hierynomus.smbj.share.DiskEntry;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens names on a file server as a backup does: beside whoever writes or deletes, with the intent that lets Backup Operators
 * past an access list; and asks of the handles what can be asked.
 */
final class SmbHandles {
    /** Bytes asked for in one request, whatever the server would allow. */
    static final int LARGEST_READ = 1 << 20;

    private static final int GET_REPARSE_POINT = 0x000900A8;
    private static final int LARGEST_REPARSE_POINT = 16 * 1024;

    private static final Set<SMB2ShareAccess> BESIDE_ALL = EnumSet.allOf(SMB2ShareAccess.class);
    private static final Set<SecurityInformation> DESCRIPTOR = EnumSet.of(
            SecurityInformation.OWNER_SECURITY_INFORMATION,
            SecurityInformation.GROUP_SECURITY_INFORMATION,
            SecurityInformation.DACL_SECURITY_INFORMATION);
    private static final Set<AccessMask> LOOK = EnumSet.of(AccessMask.FILE_READ_ATTRIBUTES);
    private static final Set<AccessMask> DESCRIBE =
            EnumSet.of(AccessMask.FILE_READ_ATTRIBUTES, AccessMask.READ_CONTROL);
    private static final Set<AccessMask> READ = EnumSet.of(AccessMask.FILE_READ_ATTRIBUTES, AccessMask.FILE_READ_DATA);
    private static final Set<AccessMask> READ_ALL =
            EnumSet.of(AccessMask.FILE_READ_ATTRIBUTES, AccessMask.FILE_READ_DATA, AccessMask.READ_CONTROL);
    private static final Set<AccessMask> LIST =
            EnumSet.of(AccessMask.FILE_READ_ATTRIBUTES, AccessMask.FILE_LIST_DIRECTORY);

    private SmbHandles() {}

    /** A file, its bytes and its access list. */
    static File file(DiskShare share, String path) throws IOException {
        return itself(open(share, path, READ_ALL, SMB2CreateOptions.FILE_NON_DIRECTORY_FILE), path);
    }

    /** A file and its bytes alone. */
    static File fileWithoutAccessList(DiskShare share, String path) throws IOException {
        return itself(open(share, path, READ, SMB2CreateOptions.FILE_NON_DIRECTORY_FILE), path);
    }

    /** smbj follows a link that took the file's place. */
    private static File itself(DiskEntry opened, String path) throws IOException {
        if (!opened.getPath().equals(path)) {
            SmbFile.closeQuietly(opened);
            throw new FileSystemException(path, null, "has become a link");
        }
        return (File) opened;
    }

    /** A folder to be listed. */
    static Directory folder(DiskShare share, String path) {
        return (Directory) open(share, path, LIST, SMB2CreateOptions.FILE_DIRECTORY_FILE);
    }

    /** Whatever it is, for its attributes; a link itself. */
    static DiskEntry look(DiskShare share, String path) {
        return open(share, path, LOOK, SMB2CreateOptions.FILE_OPEN_REPARSE_POINT);
    }

    /** Whatever it is, for its access list; a link itself. */
    static DiskEntry describe(DiskShare share, String path) {
        return open(share, path, DESCRIBE, SMB2CreateOptions.FILE_OPEN_REPARSE_POINT);
    }

    private static DiskEntry open(DiskShare share, String path, Set<AccessMask> access, SMB2CreateOptions as) {
        return share.open(
                path,
                access,
                null,
                BESIDE_ALL,
                SMB2CreateDisposition.FILE_OPEN,
                EnumSet.of(as, SMB2CreateOptions.FILE_OPEN_FOR_BACKUP_INTENT));
    }

    /** What a link leads to, or that it is none. */
    static ReparsePoint reparsePoint(DiskEntry entry) {
        return ReparsePoint.of(entry.ioctl(GET_REPARSE_POINT, true, new byte[0], 0, 0, LARGEST_REPARSE_POINT));
    }

    /**
     * What of an open name is not its content.
     *
     * @param known what was asked before; null to ask now
     * @param refused why its access list is not to be asked for; null to ask
     */
    static Extras extras(DiskEntry entry, @Nullable FileAllInformation known, @Nullable String refused) {
        var all = known == null ? entry.getFileInformation() : known;
        var standard = all.getStandardInformation();
        var names = standard.isDirectory() ? 0 : standard.getNumberOfLinks();
        var sparse = SmbFacts.of(all).isSparse();
        var streams = streams(entry);
        if (refused != null) {
            return new Extras(null, refused, streams, names > 1 ? names : 0, sparse);
        }
        try {
            return new Extras(descriptor(entry).sddl(), null, streams, names > 1 ? names : 0, sparse);
        } catch (SecurityDescriptor.NotUnderstood e) {
            return new Extras(null, e.getMessage(), streams, names > 1 ? names : 0, sparse);
        } catch (SMBApiException e) {
            if (SmbFaults.isLost(e)) {
                throw e;
            }
            return new Extras(null, NtStatuses.name(e), streams, names > 1 ? names : 0, sparse);
        }
    }

    private static SecurityDescriptor descriptor(DiskEntry entry) throws SecurityDescriptor.NotUnderstood {
        var answer = entry.getDiskShare()
                .queryInfo(entry.getFileId(), SMB2QueryInfoType.SMB2_0_INFO_SECURITY, DESCRIPTOR, null, null);
        return SecurityDescriptor.of(answer.getOutputBuffer());
    }

    /** Streams are only counted: a server that cannot tell has none. */
    private static int streams(DiskEntry entry) {
        try {
            var answer = entry.getDiskShare()
                    .queryInfo(
                            entry.getFileId(),
                            SMB2QueryInfoType.SMB2_0_INFO_FILE,
                            null,
                            FileInformationClass.FileStreamInformation,
                            null);
            return AlternateStreams.count(answer.getOutputBuffer());
        } catch (SMBApiException e) {
            if (SmbFaults.isLost(e)) {
                throw e;
            }
            return 0;
        }
    }
}

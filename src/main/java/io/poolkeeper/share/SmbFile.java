// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.hierynomus.msfscc.fileinformation.FileAllInformation;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.share.DiskEntry;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file on a file server that is being read. If the connection is lost it is opened anew and read on from where it was:
 * whoever changed it in between is seen by {@link #now}. Not thread-safe.
 */
final class SmbFile implements OpenFile {
    private final SmbLink link;
    private final String path;
    private final String remote;
    private final InputStream bytes = new Bytes();
    private @Nullable DiskShare share;
    private @Nullable File file;
    private @Nullable String refused;
    private @Nullable FileAllInformation last;

    private SmbFile(SmbLink link, String path, String remote) {
        this.link = link;
        this.path = path;
        this.remote = remote;
    }

    /**
     * Opens a file.
     *
     * @param path in messages
     * @param remote as the server wants it
     * @throws IOException what is wrong with it
     */
    static SmbFile open(SmbLink link, String path, String remote) throws IOException {
        var file = new SmbFile(link, path, remote);
        file.openOn();
        return file;
    }

    private void openOn() throws IOException {
        try {
            link.ask(path, this::file);
        } catch (AccessDeniedException e) {
            if (refused != null) {
                throw e;
            }
            refused = Faults.text(e); // its bytes may be readable all the same
            link.ask(path, this::file);
        }
    }

    /** The handle on a connection, opened if there is none on that one. */
    @SuppressWarnings("ReferenceEquality") // two connections to the same share are equal, but have no handles in common
    private File file(DiskShare now) throws IOException {
        if (file == null || share != now) {
            file = refused == null ? SmbHandles.file(now, remote) : SmbHandles.fileWithoutAccessList(now, remote);
            share = now;
        }
        return file;
    }

    @Override
    public InputStream bytes() {
        return bytes;
    }

    /** One answer after the other; a file server gives less than asked only at the end. */
    private final class Bytes extends InputStream {
        private long at;
        private boolean ended;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            if (ended) {
                return -1;
            }
            var asked = Math.min(length, SmbHandles.LARGEST_READ);
            var most = Math.min(asked, share == null ? asked : limit(share));
            var count = link.ask(path, on -> file(on).read(into, at, offset, most));
            ended = count < most;
            at += Math.max(count, 0);
            return count <= 0 ? -1 : count;
        }

        private int limit(DiskShare share) {
            return share.getTreeConnect().getNegotiatedProtocol().getMaxReadSize();
        }
    }

    @Override
    public Facts now() {
        try {
            last = link.ask(path, on -> file(on).getFileInformation());
            return last.getStandardInformation().isDeletePending()
                    ? Facts.GONE
                    : SmbFacts.of(last).facts();
        } catch (NoSuchFileException e) {
            return Facts.GONE;
        } catch (IOException e) {
            return Facts.unreadable(Faults.text(e));
        }
    }

    @Override
    public Extras extras() {
        try {
            return link.ask(path, on -> SmbHandles.extras(file(on), last, refused));
        } catch (IOException e) {
            return new Extras(null, Faults.text(e), 0, 0, false);
        }
    }

    @Override
    public void close() {
        closeQuietly(file);
    }

    static void closeQuietly(@Nullable DiskEntry entry) {
        try {
            if (entry != null) {
                entry.closeNoWait();
            }
        } catch (SMBRuntimeException e) {
            return; // a handle ends with its connection
        }
    }
}

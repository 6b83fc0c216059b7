// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Adds one set to a backup file. The header goes first and says that the set is incomplete; {@link #finish} rewrites it.
 * Whoever is cut off in between leaves an incomplete set, as SQL Server does.
 */
public final class MediaWriter implements Closeable {
    private final FileChannel file;
    private final long header;
    private BackupSet set;
    private PageOutput pages;
    private OutputStream content;

    private MediaWriter(FileChannel file, long header) {
        this.file = file;
        this.header = header;
    }

    /** Formats the file anew, whatever was in it. */
    public static MediaWriter format(Path path, MediaLabel label) throws IOException {
        var file = FileChannel.open(
                path, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            Blocks.writeRecord(file, 0, label);
            return new MediaWriter(file, Blocks.SIZE);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Forgets the sets of a file and keeps its label. */
    public static MediaWriter overwrite(Path path) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.WRITE);
        file.truncate(Blocks.SIZE);
        return new MediaWriter(file, Blocks.SIZE);
    }

    /** Appends to a file whose sets are all complete. */
    public static MediaWriter append(Path path) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.WRITE);
        return new MediaWriter(file, file.size());
    }

    /** Begins the set and returns where its content goes. */
    public OutputStream begin(BackupSet newSet) throws IOException {
        set = newSet;
        Blocks.writeRecord(file, header, set);
        pages = new PageOutput(file, header + Blocks.SIZE, set.options().checksums());
        content = new BufferedOutputStream(compressed(pages, set), 1 << 16);
        return content;
    }

    private static OutputStream compressed(OutputStream pages, BackupSet set) {
        return set.options().compressed() ? new DeflaterOutputStream(pages, new Deflater(Deflater.BEST_SPEED)) : pages;
    }

    /**
     * Ends the set: writes what is left of the content, then the header with what it holds, and makes both durable.
     *
     * @param last the set's header as it is to be, whose extent counts for nothing
     * @param contentBytes the length of the content before compression
     * @param finished when, by the server's clock
     */
    public BackupSet finish(BackupSet last, long contentBytes, LocalDateTime finished) throws IOException {
        content.close();
        var started = set.extent().started();
        var extent = new BackupSet.Extent(true, pages.pages(), contentBytes, started, finished);
        set = last.with(extent);
        Blocks.writeRecord(file, header, set);
        file.force(true);
        return set;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

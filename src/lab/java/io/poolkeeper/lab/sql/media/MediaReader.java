// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** Reads a backup file: its label, its sets, and what they hold. */
public final class MediaReader implements Closeable {
    private final FileChannel file;
    private final MediaLabel label;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(BackupSet set, long header) {
        long end() {
            return header + set.storedBytes();
        }
    }

    private MediaReader(FileChannel file) throws IOException {
        this.file = file;
        if (file.size() == 0) {
            throw new MediaFault(MediaFault.Kind.EMPTY);
        }
        label = Blocks.readRecord(file, 0, MediaLabel.class);
        for (long at = Blocks.SIZE; at < file.size(); at = last().end()) {
            entries.add(new Entry(Blocks.readRecord(file, at, BackupSet.class), at));
            if (!last().set().extent().complete()) {
                return;
            }
        }
    }

    /** Opens a backup file and reads its label and headers; a {@link MediaFault} says what is wrong with them. */
    public static MediaReader open(Path path) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new MediaReader(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** What it says of itself. */
    public MediaLabel label() {
        return label;
    }

    /** The headers of its sets, in order; the last one may be incomplete. */
    public List<BackupSet> sets() {
        return entries.stream().map(Entry::set).toList();
    }

    /** The set at a position, from 1. */
    public Optional<BackupSet> set(int position) {
        return position < 1 || position > entries.size()
                ? Optional.empty()
                : Optional.of(entries.get(position - 1).set());
    }

    /** Checks that a set was finished and that the file is long enough for it, but not what its pages hold. */
    public void checkExtent(BackupSet set) throws MediaFault, IOException {
        if (!set.extent().complete()) {
            throw new MediaFault(MediaFault.Kind.INCOMPLETE);
        }
        if (file.size() < entry(set).end()) {
            throw new MediaFault(MediaFault.Kind.TRUNCATED, set.extent().pages());
        }
    }

    /** Holds every page of a set against its checksum. */
    public void checkPages(BackupSet set, Runnable afterEach) throws IOException {
        var buffer = new byte[Blocks.PAYLOAD];
        try (var pages = pages(set, true)) {
            while (pages.read(buffer) >= 0) {
                afterEach.run();
            }
        }
    }

    /** What a set holds. */
    public InputStream content(BackupSet set, boolean verify) {
        var pages = new BufferedInputStream(pages(set, verify), 1 << 16);
        return set.options().compressed() ? new InflaterInputStream(pages) : pages;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private PageInput pages(BackupSet set, boolean verify) {
        return new PageInput(
                file, entry(set).header() + Blocks.SIZE, set.extent().pages(), verify);
    }

    private Entry entry(BackupSet set) {
        return entries.get(set.set().position() - 1);
    }

    private Entry last() {
        return entries.get(entries.size() - 1);
    }
}

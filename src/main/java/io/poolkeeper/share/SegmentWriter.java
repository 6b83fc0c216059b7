// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.step.Output.Artefact;

/**
 * Writes one segment: a ZIP file of its own. An entry is in the file's directory only when it was {@link #list listed}, so
 * that bytes which turn out to be no good can stay where they are without anybody seeing them. Not thread-safe.
 */
final class SegmentWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 18;
    private static final int END = 0x06054b50;

    private final ArtefactWriter out;
    private final String name;
    private final SegmentLimits limits;
    private final LittleEndian buffer = new LittleEndian(BUFFER);
    private final LittleEndian directory = new LittleEndian(1 << 12);
    private int entries;

    /**
     * Begins a segment.
     *
     * @param out where it goes; finished or closed together with this
     * @param name the file's name, as lists name it
     */
    SegmentWriter(ArtefactWriter out, String name, SegmentLimits limits) {
        this.out = out;
        this.name = name;
        this.limits = limits;
    }

    /** The file's name. */
    String name() {
        return name;
    }

    /** Whether no entry was listed. */
    boolean isEmpty() {
        return entries == 0;
    }

    /** Whether so many more bytes fit in; the first entry always does. */
    boolean hasRoom(long bytes) {
        return position() == 0
                || (entries < limits.entries() && position() + directory.length() + bytes <= limits.bytes());
    }

    /** Where the next byte goes. */
    long position() {
        return out.size() + buffer.length();
    }

    /**
     * Writes the header of an entry; its bytes are to follow.
     *
     * @return where the header begins
     */
    long begin(ZipEntryHead head) {
        var offset = position();
        head.local(buffer);
        return offset;
    }

    /**
     * Writes bytes of the entry that was begun.
     *
     * @throws io.poolkeeper.step.StepFault if the vault is full or fails
     */
    void write(byte[] bytes, int from, int length) {
        if (buffer.length() + length > BUFFER) {
            flush();
        }
        if (length > BUFFER / 2) {
            flush();
            out.write(bytes, from, length);
        } else {
            buffer.all(bytes, from, length);
        }
    }

    /** Writes what follows streamed bytes. */
    void end(ZipEntryHead head) {
        head.descriptor(buffer);
    }

    /** Adds an entry to the file's directory. */
    void list(ZipEntryHead head, long offset) {
        head.central(directory, offset);
        entries++;
    }

    /**
     * Writes the directory and flushes the file to the disk.
     *
     * @throws io.poolkeeper.step.StepFault if the vault is full or fails
     */
    Artefact finish() {
        flush();
        var start = out.size();
        out.write(directory.array(), 0, directory.length());
        buffer.four(END).two(0).two(0).two(entries).two(entries);
        buffer.four(directory.length()).four(start).two(0);
        flush();
        return out.finish();
    }

    private void flush() {
        out.write(buffer.array(), 0, buffer.length());
        buffer.clear();
    }

    @Override
    public void close() {
        out.close();
    }
}

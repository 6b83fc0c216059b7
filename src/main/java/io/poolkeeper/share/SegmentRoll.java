// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.step.Output.Artefact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The segments that one lane fills, one after the other. The entries of a file are pending until the file is {@link #keep
 * kept} or {@link #drop dropped}: only then is it known whether it changed while it was read. Not thread-safe.
 */
final class SegmentRoll implements AutoCloseable {
    private final Supplier<SegmentWriter> opener;
    private final List<SegmentWriter> open = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final List<Artefact> finished = new ArrayList<>();

    /** An entry whose bytes are written. */
    private record Pending(SegmentWriter segment, ZipEntryHead head, long offset) {}

    /** Fills segments that come from somewhere, as many as it takes. */
    SegmentRoll(Supplier<SegmentWriter> opener) {
        this.opener = opener;
    }

    /** Writes an entry whose bytes are all there. */
    void add(ZipEntryHead head, byte[] bytes, int length) {
        var segment = withRoom(length + head.overhead());
        var offset = segment.begin(head);
        segment.write(bytes, 0, length);
        pending.add(new Pending(segment, head, offset));
    }

    /** Packed bytes that lie somewhere else. */
    @FunctionalInterface
    interface Packed {
        /**
         * Hands them on.
         *
         * @throws IOException if they cannot be read
         */
        void into(Unpacking.Sink sink) throws IOException;
    }

    /**
     * Writes an entry whose packed bytes lie somewhere else.
     *
     * @throws IOException if they cannot be read
     */
    void add(ZipEntryHead head, Packed packed) throws IOException {
        var segment = withRoom(head.packed() + head.overhead());
        var offset = segment.begin(head);
        packed.into((bytes, length) -> segment.write(bytes, 0, length));
        pending.add(new Pending(segment, head, offset));
    }

    /**
     * Begins an entry whose bytes are still to come.
     *
     * @param expected how many bytes there may be; more than a segment holds is fine
     */
    Stream begin(ZipEntryHead head, long expected) {
        return new Stream(withRoom(expected + head.overhead()), head);
    }

    /** An entry that is being written. */
    final class Stream {
        private final SegmentWriter segment;
        private final ZipEntryHead head;
        private final long offset;
        private final long start;

        private Stream(SegmentWriter segment, ZipEntryHead head) {
            this.segment = segment;
            this.head = head;
            this.offset = segment.begin(head);
            this.start = segment.position();
        }

        void write(byte[] bytes, int length) {
            segment.write(bytes, 0, length);
        }

        /** Whether the rest of the file has to go into another segment. */
        boolean isFull() {
            return !segment.hasRoom(head.overhead());
        }

        void end(long crc, long size) {
            var ended = head.ended(crc, segment.position() - start, size);
            segment.end(ended);
            pending.add(new Pending(segment, ended, offset));
        }
    }

    /**
     * Lists what was written since the last time.
     *
     * @return the names of the segments, one per entry
     */
    List<String> keep() {
        var names = pending.stream().map(entry -> entry.segment().name()).toList();
        pending.forEach(entry -> entry.segment().list(entry.head(), entry.offset()));
        pending.clear();
        finishAllBut(1);
        return names;
    }

    /** Forgets what was written since the last time. */
    void drop() {
        pending.clear();
        finishAllBut(1);
    }

    /**
     * Closes the last segment.
     *
     * @return all that hold an entry
     * @throws io.poolkeeper.step.StepFault if the vault is full or fails
     */
    List<Artefact> finish() {
        finishAllBut(0);
        return finished;
    }

    private SegmentWriter withRoom(long bytes) {
        if (open.isEmpty() || !open.get(open.size() - 1).hasRoom(bytes)) {
            open.add(opener.get());
        }
        return open.get(open.size() - 1);
    }

    /** A segment without entries is closed and left behind in the attempt's folder: no result names it. */
    private void finishAllBut(int last) {
        while (open.size() > last) {
            try (var segment = open.remove(0)) {
                if (!segment.isEmpty()) {
                    finished.add(segment.finish());
                }
            }
        }
    }

    @Override
    public void close() {
        open.forEach(SegmentWriter::close);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.Disk;
import io.poolkeeper.share.Findings.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Restores files, each under a name that nobody sees until its bytes have proved right. Thread-safe.
 */
final class Unpacker {
    private final Sandbox sandbox;
    private final StoredSegments stored;
    private final OpenSegments segments;
    private final String set;
    private final LongConsumer onWritten;

    /**
     * Restores into a sandbox.
     *
     * @param set the set that is restored; damage in others is named with its set
     * @param onWritten hears how many bytes were written; throws to end the work
     */
    Unpacker(Sandbox sandbox, StoredSegments stored, OpenSegments segments, String set, LongConsumer onWritten) {
        this.sandbox = sandbox;
        this.stored = stored;
        this.segments = segments;
        this.set = set;
        this.onWritten = onWritten;
    }

    /**
     * Restores some files.
     *
     * @return what is wrong with those that could not be restored
     * @throws io.poolkeeper.step.StepFault if the sandbox cannot be written
     */
    List<Finding> restore(List<FileLine> files) {
        var found = new ArrayList<Finding>();
        try (var reader = new ContentReader(segments)) {
            for (var file : files) {
                restore(file, reader, found);
            }
        }
        return found;
    }

    private void restore(FileLine line, ContentReader reader, List<Finding> found) {
        var unfinished = sandbox.unfinished();
        try {
            write(line, reader, unfinished);
        } catch (IOException e) {
            found.add(Finding.of(stored.where(line.held(), reader.lastSegment(), set), line.path(), e));
            discard(unfinished);
            return;
        }
        try {
            Attributes.set(unfinished, line.facts());
            sandbox.name(unfinished, line.path());
        } catch (IOException e) {
            found.add(new Finding(line.path(), "cannot be restored here: " + Faults.text(e), false));
            discard(unfinished);
        }
    }

    private void write(FileLine line, ContentReader reader, Path unfinished) throws IOException {
        try (var out = open(unfinished)) {
            reader.read(line, (bytes, length) -> {
                write(out, unfinished, ByteBuffer.wrap(bytes, 0, length));
                onWritten.accept(length);
            });
        }
    }

    private static FileChannel open(Path file) {
        try {
            return Disk.create(file);
        } catch (IOException e) {
            throw Faults.sandbox(file, e);
        }
    }

    private static void write(FileChannel out, Path file, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw Faults.sandbox(file, e);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Faults.sandbox(file, e);
        }
    }
}

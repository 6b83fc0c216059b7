// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.VaultFull;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes one artefact into an attempt's folder, hashing while it writes. What was written is flushed to the disk meanwhile,
 * so that a large artefact does not wait for the disk at its end. Closing it without {@link #finish} leaves a file that no
 * result names. Not thread-safe.
 */
public final class ArtefactWriter extends OutputStream {
    private static final long FLUSH_AFTER = 32L << 20;
    private static final ExecutorService FLUSHING = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "flush");
        thread.setDaemon(true);
        return thread;
    });

    private final Path file;
    private final String path;
    private final FileChannel channel;
    private final MessageDigest digest = Hashes.digest();
    private long size;
    private long flushed;
    private @Nullable Future<?> flush;

    /**
     * Creates the file and the folders above it.
     *
     * @param attemptFolder {@link io.poolkeeper.step.Work#attemptFolder}
     * @param path within the set, with forward slashes, made of {@link Names#encode encoded} segments
     * @throws io.poolkeeper.step.StepFault if it cannot be created
     */
    public ArtefactWriter(Path attemptFolder, String path) {
        this.path = path;
        this.file = attemptFolder.resolve(path);
        try {
            Disk.createFolders(Disk.parent(file));
            this.channel = Disk.create(file);
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            size += length;
            flushMeanwhile();
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
        digest.update(bytes, offset, length);
    }

    private void flushMeanwhile() throws IOException {
        if (size - flushed < FLUSH_AFTER || (flush != null && !flush.isDone())) {
            return;
        }
        awaitFlush();
        flushed = size;
        flush = FLUSHING.submit(() -> {
            channel.force(false);
            return null;
        });
    }

    /** The system tells of a failed flush once: if it is not heard here, the last flush succeeds over lost bytes. */
    private void awaitFlush() throws IOException {
        if (flush == null) {
            return;
        }
        try {
            flush.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while flushing");
        }
    }

    /** How many bytes were written. */
    public long size() {
        return size;
    }

    /**
     * Flushes the file to the disk and closes it.
     *
     * @return what was written
     * @throws io.poolkeeper.step.StepFault if the disk is full or fails
     */
    public Artefact finish() {
        try {
            awaitFlush();
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
        return new Artefact(path, size, Hashes.hex(digest.digest()));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
    }
}

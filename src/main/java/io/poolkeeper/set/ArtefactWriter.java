// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.VaultFull;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Writes one artefact into an attempt's folder, hashing while it writes. Closing it without {@link #finish} leaves a file
 * that no result names. Not thread-safe.
 */
public final class ArtefactWriter extends OutputStream {
    private final Path file;
    private final String path;
    private final FileChannel channel;
    private final MessageDigest digest = Hashes.digest();
    private long size;

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
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
        digest.update(bytes, offset, length);
        size += length;
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

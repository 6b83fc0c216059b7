// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** The blocks of 8 KB that a backup file is made of. */
final class Blocks {
    static final int SIZE = 8192;
    static final int PAYLOAD = SIZE - Integer.BYTES;
    private static final int MAGIC = 0x504B5450; // "PKTP"

    private Blocks() {}

    /** Writes a record as one block. */
    static void writeRecord(FileChannel file, long position, Record value) throws IOException {
        var block = ByteBuffer.allocate(SIZE);
        var bytes = RecordCodec.write(value);
        block.putInt(MAGIC).putInt(bytes.length).put(bytes);
        block.putInt(PAYLOAD, checksum(0, block));
        writeBlock(file, position, block);
    }

    /** Reads a record out of one block; {@link MediaFault.Kind#MALFORMED} if there is none. */
    static <R extends Record> R readRecord(FileChannel file, long position, Class<R> type) throws IOException {
        var block = ByteBuffer.allocate(SIZE);
        if (!readBlock(file, position, block)
                || block.getInt(0) != MAGIC
                || block.getInt(PAYLOAD) != checksum(0, block)) {
            throw new MediaFault(MediaFault.Kind.MALFORMED);
        }
        var bytes = new byte[block.getInt(Integer.BYTES)];
        block.position(2 * Integer.BYTES).get(bytes);
        return RecordCodec.read(bytes, type);
    }

    static void writeBlock(FileChannel file, long position, ByteBuffer block) throws IOException {
        block.clear();
        for (var at = position; block.hasRemaining(); ) {
            at += file.write(block, at);
        }
    }

    /** Fills the block; whether the file is that long. */
    static boolean readBlock(FileChannel file, long position, ByteBuffer block) throws IOException {
        block.clear();
        for (var at = position; block.hasRemaining(); ) {
            var count = file.read(block, at);
            if (count < 0) {
                return false;
            }
            at += count;
        }
        block.flip();
        return true;
    }

    /** CRC-32C of a number and the payload. */
    static int checksum(long number, ByteBuffer block) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
        crc.update(block.duplicate().clear().limit(PAYLOAD));
        return (int) crc.getValue();
    }
}

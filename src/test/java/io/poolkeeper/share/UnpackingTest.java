// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {
    @TempDir
    Path folder;

    /**
     * zlib may have taken all of its input while a match is still to be written out: at the sizes just over the buffer of
     * 64 KiB. Such an entry is whole, and must never be called cut off.
     */
    @Test
    void unpacksWhatIsStillToComeAfterTheLastByteWasRead() throws IOException {
        for (var size = (1 << 16) - 2; size < (1 << 16) + 600; size++) {
            assertThat(unpacked(size, deflated(new byte[size]))).isEqualTo(size);
        }
    }

    @Test
    void callsAnEntryCutOffThatEndsTooSoon() throws IOException {
        var whole = deflated(new byte[70_000]);

        for (var length = 1; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> unpacked(70_000, cut))
                    .isInstanceOf(ZipException.class)
                    .hasMessage("is cut off");
        }
    }

    @Test
    void callsBytesAfterTheEndDamage() throws IOException {
        var whole = deflated(new byte[70_000]);

        assertThatThrownBy(() -> unpacked(70_000, Arrays.copyOf(whole, whole.length + 1)))
                .hasMessage("is followed by bytes that do not belong to it");
    }

    private long unpacked(int size, byte[] packed) throws IOException {
        var crc = new CRC32();
        crc.update(new byte[size]);
        var entry = new SegmentEntry("zeros", ZipEntryHead.DEFLATED, crc.getValue(), packed.length, size, 0);
        var file = Files.write(folder.resolve("segment"), packed);
        var sizes = new long[1];
        try (var segment = new SegmentFile(file);
                var unpacking = new Unpacking()) {
            unpacking.unpack(segment, 0, entry, (bytes, length) -> sizes[0] += length);
        }
        return sizes[0];
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater(1, true);
        deflater.setInput(bytes);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1024];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}

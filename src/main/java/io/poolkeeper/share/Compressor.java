// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.zip.Deflater;

/**
 * Deflates what gets smaller by it. Deflating is what a capture spends its time on, so bytes that are as evenly
 * distributed as those of a JPEG or ZIP file are not even tried. Not thread-safe.
 */
final class Compressor implements AutoCloseable {
    /** Bits per byte above which Huffman coding gains less than 3 percent. */
    private static final double INCOMPRESSIBLE = 7.8;

    /** A sample of this size shows 7.95 bits per byte for random bytes. */
    private static final int SAMPLE = 1 << 12;

    private static final int BUFFER = 1 << 16;

    private final Deflater fast = new Deflater(Deflater.BEST_SPEED, true);
    private final Deflater none = new Deflater(Deflater.NO_COMPRESSION, true);
    private final byte[] packed;
    private final int[] counts = new int[256];

    /**
     * Makes room.
     *
     * @param largest the most bytes that {@link #whole} gets
     */
    Compressor(int largest) {
        this.packed = new byte[Math.max(largest, BUFFER)];
    }

    /** Takes deflated bytes. */
    @FunctionalInterface
    interface Sink {
        /** Takes the first bytes of an array, which is used again afterwards. */
        void write(byte[] bytes, int length);
    }

    /**
     * Deflates bytes as a whole into {@link #packed}.
     *
     * @return how many bytes that gave; -1 if they had better be stored as they are
     */
    int whole(byte[] bytes, int length) {
        if (!pays(bytes, length)) {
            return -1;
        }
        fast.reset();
        fast.setInput(bytes, 0, length);
        fast.finish();
        var worthIt = length - length / 32;
        var given = fast.deflate(packed, 0, worthIt);
        return fast.finished() && given < worthIt ? given : -1;
    }

    /** What {@link #whole} gave. */
    byte[] packed() {
        return packed;
    }

    /** Begins a stream; the first bytes of it decide whether its bytes are compressed or only wrapped. */
    Stream stream(byte[] first, int length) {
        var deflater = pays(first, length) ? fast : none;
        deflater.reset();
        return new Stream(deflater);
    }

    /** A deflated stream. */
    final class Stream {
        private final Deflater deflater;

        private Stream(Deflater deflater) {
            this.deflater = deflater;
        }

        boolean compresses() {
            return deflater == fast;
        }

        void write(byte[] bytes, int length, Sink sink) {
            deflater.setInput(bytes, 0, length);
            while (!deflater.needsInput()) {
                drain(sink);
            }
        }

        void end(Sink sink) {
            deflater.finish();
            while (!deflater.finished()) {
                drain(sink);
            }
            deflater.reset();
        }

        private void drain(Sink sink) {
            var given = deflater.deflate(packed, 0, BUFFER);
            if (given > 0) {
                sink.write(packed, given);
            }
        }
    }

    /** Looks at the middle, because the head of an image file may hold a lot of text. */
    private boolean pays(byte[] bytes, int length) {
        if (length < SAMPLE / 2) {
            return length > 0; // too few to tell, and quickly done
        }
        var sample = Math.min(length, SAMPLE);
        var from = (length - sample) / 2;
        java.util.Arrays.fill(counts, 0);
        for (var i = from; i < from + sample; i++) {
            counts[bytes[i] & 0xFF]++;
        }
        return entropy(sample) < INCOMPRESSIBLE;
    }

    private double entropy(int sample) {
        var bits = 0.0;
        for (var count : counts) {
            if (count > 0) {
                var share = (double) count / sample;
                bits -= share * Math.log(share);
            }
        }
        return bits / Math.log(2);
    }

    @Override
    public void close() {
        fast.end();
        none.end();
    }
}

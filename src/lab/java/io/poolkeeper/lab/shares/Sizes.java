// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.shares;

import java.util.SplittableRandom;

/** Sizes of the files of a share: many small ones, and few that make up most of the bytes. */
final class Sizes {
    private static final int TEXT_AT_MOST = 12_000;

    private Sizes() {}

    /** As many sizes as asked for, which add up to the bytes; the second file is empty. */
    static int[] of(SplittableRandom random, int count, long bytes, int mediaEvery) {
        var sizes = new int[count];
        var textAtMost = (int) Math.min(TEXT_AT_MOST, bytes / count);
        var weights = 0L;
        var left = bytes;
        for (var i = 0; i < count; i++) {
            if (i % mediaEvery == 0) {
                sizes[i] = 50 + random.nextInt(100);
                weights += sizes[i];
            } else {
                sizes[i] = i == 1 ? 0 : 200 + random.nextInt(textAtMost);
                left -= sizes[i];
            }
        }
        shareOut(sizes, mediaEvery, left, weights);
        return sizes;
    }

    /** Turns the weights of the media files into bytes; the first takes what rounding leaves over. */
    private static void shareOut(int[] sizes, int mediaEvery, long bytes, long weights) {
        var rest = bytes;
        for (var i = 0; i < sizes.length; i += mediaEvery) {
            sizes[i] = Math.toIntExact(bytes * sizes[i] / weights);
            rest -= sizes[i];
        }
        sizes[0] += Math.toIntExact(rest);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

/**
 * When a segment is closed, so that old Windows still opens it.
 *
 * @param bytes its size; one large entry may be cut, see {@link FileLine.Content}
 * @param entries how many files it holds
 */
record SegmentLimits(long bytes, int entries) {
    /** 1.9 GB and 60,000 entries: below 2 GiB and 65,536. */
    static final SegmentLimits STANDARD = new SegmentLimits(1_900_000_000L, 60_000);
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

/**
 * How big the site is. 1 is 200 users, 1,000 rows a database, 2,000 files and 50 MB a share; the minimums keep every
 * feature (nesting, empty folders, groups of contacts) present in the smallest lab.
 *
 * @param factor above 0; fractions make small labs for tests
 */
public record Scale(double factor) {
    /** The size of the demo. */
    public static final Scale ONE = new Scale(1);

    /**
     * Refuses what would make no site.
     *
     * @throws IllegalArgumentException if the factor is not a positive finite number
     */
    public Scale {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("scale must be a number above 0: " + factor);
        }
    }

    /** People who are enabled for OCS. */
    public int users() {
        return atLeast(10, 200);
    }

    /** Rows in each database. */
    public int rows() {
        return atLeast(60, 1_000);
    }

    /** Files in each share. */
    public int files() {
        return atLeast(30, 2_000);
    }

    /** Bytes in each share. */
    public long shareBytes() {
        return Math.max(400_000L, Math.round(50_000_000L * factor));
    }

    /** Computer accounts of clients; at scale 1 more than one page and more than one range of values hold. */
    public int workstations() {
        return atLeast(20, 1_600);
    }

    private int atLeast(int minimum, int atOne) {
        return Math.max(minimum, Math.toIntExact(Math.round(atOne * factor)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.util.Locale;

/** How sizes are written for people. */
public final class Sizes {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    private Sizes() {}

    /** {@code 1.4 MB}, in steps of 1024. */
    public static String text(long bytes) {
        var value = (double) bytes;
        var unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}

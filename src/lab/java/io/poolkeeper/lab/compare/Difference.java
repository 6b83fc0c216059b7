// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

/**
 * One thing that is not the same.
 *
 * @param part what it belongs to, such as {@code database:ocs2007-rtc/rtc}
 * @param place where in it: a row, a file, an attribute of an object, an element
 * @param live what it is now, or {@link #ABSENT}
 * @param restored what came back, or {@link #ABSENT}
 */
public record Difference(String part, String place, String live, String restored) {
    /** Stands for a thing that one side does not have. */
    public static final String ABSENT = "(absent)";

    private static final int LONGEST = 200;

    /** Cuts long values, which serve people and not programs. */
    public Difference {
        live = cut(live);
        restored = cut(restored);
    }

    private static String cut(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...";
    }

    @Override
    public String toString() {
        return "%s %s: live %s, restored %s".formatted(part, place, live, restored);
    }
}

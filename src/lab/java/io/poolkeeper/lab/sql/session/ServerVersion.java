// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

import java.util.Locale;

/**
 * The build that a server says it is, as in {@code SERVERPROPERTY('ProductVersion')}.
 *
 * @param major 9 for 2005, 10 for 2008 and 2008 R2, 11 for 2012 up to 16 for 2022
 * @param minor 50 for 2008 R2, else 0
 * @param build the build number, e.g. 5000
 * @param revision the last number, e.g. 0
 * @param level RTM or a service pack, as in {@code SERVERPROPERTY('ProductLevel')}
 */
public record ServerVersion(int major, int minor, int build, int revision, String level) {
    public static final ServerVersion SQL_2005_SP4 = new ServerVersion(9, 0, 5000, 0, "SP4");
    public static final ServerVersion SQL_2008_SP4 = new ServerVersion(10, 0, 6000, 29, "SP4");
    public static final ServerVersion SQL_2008_R2_SP3 = new ServerVersion(10, 50, 6000, 34, "SP3");
    public static final ServerVersion SQL_2012_SP4 = new ServerVersion(11, 0, 7001, 0, "SP4");
    public static final ServerVersion SQL_2014_SP3 = new ServerVersion(12, 0, 6024, 0, "SP3");
    public static final ServerVersion SQL_2016_SP3 = new ServerVersion(13, 0, 6300, 2, "SP3");
    public static final ServerVersion SQL_2019 = new ServerVersion(15, 0, 2000, 5, "RTM");
    public static final ServerVersion SQL_2022 = new ServerVersion(16, 0, 1000, 6, "RTM");

    /** Whether this build is of the given major version or a later one. */
    public boolean atLeast(int otherMajor) {
        return major >= otherMajor;
    }

    /** The year in the product's name, e.g. {@code 2008 R2}. */
    public String year() {
        return switch (major) {
            case 9 -> "2005";
            case 10 -> minor >= 50 ? "2008 R2" : "2008";
            case 11 -> "2012";
            case 12 -> "2014";
            case 13 -> "2016";
            case 14 -> "2017";
            case 15 -> "2019";
            case 16 -> "2022";
            default -> Integer.toString(major);
        };
    }

    /** The version as the server prints it: {@code 9.00.5000.00}, {@code 10.50.6000.34}, {@code 15.0.2000.5}. */
    public String text() {
        var format = major <= 10 ? "%d.%02d.%d.%02d" : "%d.%d.%d.%d";
        return String.format(Locale.ROOT, format, major, minor, build, revision);
    }

    /** The version of the database files that this build writes: 611 for 2005, 661 for 2008 R2, 957 for 2022. */
    public int databaseVersion() {
        return switch (major) {
            case 9 -> 611;
            case 10 -> minor >= 50 ? 661 : 655;
            case 11 -> 706;
            case 12 -> 782;
            case 13 -> 852;
            case 14 -> 869;
            case 15 -> 904;
            default -> 957;
        };
    }

    /** The compatibility level of a database made by this build, e.g. 90. */
    public int compatibilityLevel() {
        return major * 10;
    }
}

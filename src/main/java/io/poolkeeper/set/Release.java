// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

/** Which release of Poolkeeper this is. */
public final class Release {
    private Release() {}

    /** From the jar's manifest; {@code development} when the classes lie loose. */
    public static String version() {
        var version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}

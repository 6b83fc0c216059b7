// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.ServerVersion;

/** The versions of the protocol and what differs between them (MS-TDS 1.7 and the tokens' own pages). */
enum TdsVersion {
    V7_1(0x71000001),
    V7_2(0x72090002),
    V7_3(0x730B0003),
    V7_4(0x74000004);

    private final int wire;

    TdsVersion(int wire) {
        this.wire = wire;
    }

    /** The lower of what the client asked for and what a server of that age speaks. */
    static TdsVersion negotiate(int asked, ServerVersion server) {
        var newest = server.atLeast(11) ? V7_4 : server.atLeast(10) ? V7_3 : V7_2;
        var best = V7_1;
        for (var version : values()) {
            if (version.compareTo(newest) <= 0 && Integer.compareUnsigned(version.family(), family(asked)) <= 0) {
                best = version;
            }
        }
        return best;
    }

    /** As it stands in LOGINACK, big-endian. */
    int wire() {
        return wire;
    }

    /** Whether requests begin with the ALL_HEADERS section. */
    boolean hasHeaders() {
        return this != V7_1;
    }

    /** Bytes of the line number in ERROR and INFO. */
    int lineBytes() {
        return this == V7_1 ? 2 : 4;
    }

    /** Bytes of the row count in DONE. */
    int countBytes() {
        return this == V7_1 ? 4 : 8;
    }

    /** Bytes of the user type in COLMETADATA and RETURNVALUE. */
    int userTypeBytes() {
        return this == V7_1 ? 2 : 4;
    }

    /** Whether a value may come in chunks, as the {@code (max)} types do. */
    boolean hasChunks() {
        return this != V7_1;
    }

    /** Whether date, time, datetime2 and datetimeoffset exist; before, they are sent as text. */
    boolean hasDateTypes() {
        return compareTo(V7_3) >= 0;
    }

    /** Whether the login may carry features and be answered with FEATUREEXTACK. Sent earlier, FreeTDS waits for ever. */
    boolean hasFeatures() {
        return this == V7_4;
    }

    private int family() {
        return family(wire);
    }

    /** The first byte decides: the rest are revisions. */
    private static int family(int version) {
        return version >>> 24;
    }
}

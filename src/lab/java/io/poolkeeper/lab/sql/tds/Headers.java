// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

/** The section before the body of a request since TDS 7.2 (MS-TDS 2.2.5.3, ALL_HEADERS). Nothing in it is needed. */
final class Headers {
    private Headers() {}

    static void skip(ByteReader in, TdsVersion version) {
        if (version.hasHeaders()) {
            in.moveTo(in.i32());
        }
    }
}

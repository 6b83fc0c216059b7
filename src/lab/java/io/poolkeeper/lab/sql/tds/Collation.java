// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.nio.charset.Charset;

/** The one collation that goes over the wire: SQL_Latin1_General_CP1_CI_AS (MS-TDS 2.2.5.1.2). */
final class Collation {
    /** The code page of its char and varchar columns. */
    static final Charset CODE_PAGE = Charset.forName("windows-1252");

    private Collation() {}

    static byte[] wire() {
        return new byte[] {0x09, 0x04, (byte) 0xD0, 0x00, 0x34};
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Parameter;

/** Reads one parameter of a remote procedure call (MS-TDS 2.2.6.6, ParameterData). */
final class ParameterReader {
    private static final int BY_REFERENCE = 0x01;

    private ParameterReader() {}

    static Parameter read(ByteReader in) {
        var name = in.shortText();
        var status = in.u8();
        var wire = WireType.read(in);
        return new Parameter(name, wire.type(), ValueReader.read(in, wire), (status & BY_REFERENCE) != 0);
    }
}

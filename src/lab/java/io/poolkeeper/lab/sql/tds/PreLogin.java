// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.ServerVersion;

/** The first exchange: versions, and whether to encrypt (MS-TDS 2.2.6.5). */
final class PreLogin {
    private static final int VERSION = 0;
    private static final int ENCRYPTION = 1;
    private static final int INSTANCE = 2;
    private static final int MARS = 4;
    private static final int END = 0xFF;
    private static final int OPTION = 5;

    private PreLogin() {}

    /** What the client says about encryption: 0 off, 1 on, 2 not supported, 3 required; 2 if it says nothing. */
    static int encryptionAsked(byte[] body) {
        var in = new ByteReader(body);
        for (var option = in.u8(); option != END; option = in.u8()) {
            var offset = in.u16BigEndian();
            in.u16BigEndian();
            if (option == ENCRYPTION) {
                in.moveTo(offset);
                return in.u8();
            }
        }
        return Encryption.NOT_SUPPORTED;
    }

    /** The server's answer: its version, the encryption byte, the instance accepted, no MARS. */
    static Bytes answer(ServerVersion version, int encryption) {
        var data = 4 * OPTION + 1;
        return new Bytes()
                .u8(VERSION)
                .u16BigEndian(data)
                .u16BigEndian(6)
                .u8(ENCRYPTION)
                .u16BigEndian(data + 6)
                .u16BigEndian(1)
                .u8(INSTANCE)
                .u16BigEndian(data + 7)
                .u16BigEndian(1)
                .u8(MARS)
                .u16BigEndian(data + 8)
                .u16BigEndian(1)
                .u8(END)
                .u8(version.major())
                .u8(version.minor())
                .u16BigEndian(version.build())
                .u16BigEndian(0)
                .u8(encryption)
                .u8(0)
                .u8(0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.LoginRequest;
import java.nio.charset.StandardCharsets;

/**
 * The client's LOGIN7 (MS-TDS 2.2.6.4).
 *
 * @param tdsVersion the protocol that it would like
 * @param packetSize the packet size that it would like; 0 for the server's choice
 * @param utf8Support whether it asked for the feature UTF8_SUPPORT
 * @param request who wants in
 */
record Login(int tdsVersion, int packetSize, boolean utf8Support, LoginRequest request) {
    private static final int INTEGRATED_SECURITY = 0x80;
    private static final int HAS_EXTENSION = 0x10;
    private static final int FEATURE_UTF8_SUPPORT = 0x0A;
    private static final int FEATURE_END = 0xFF;

    /** Where the (offset, length) pair of each text stands. */
    private static final int HOST = 36;

    private static final int USER = 40;
    private static final int PASSWORD = 44;
    private static final int APPLICATION = 48;
    private static final int EXTENSION = 56;
    private static final int DATABASE = 68;

    static Login parse(byte[] body) {
        var in = new ByteReader(body);
        in.moveTo(4);
        var version = in.i32();
        var packetSize = in.i32();
        in.moveTo(25);
        var flags2 = in.u8();
        in.u8();
        var flags3 = in.u8();
        var request = new LoginRequest(
                text(in, USER),
                password(in),
                text(in, DATABASE),
                text(in, HOST),
                text(in, APPLICATION),
                (flags2 & INTEGRATED_SECURITY) != 0);
        return new Login(version, packetSize, (flags3 & HAS_EXTENSION) != 0 && asksForUtf8(in), request);
    }

    private static String text(ByteReader in, int place) {
        return new String(raw(in, place), StandardCharsets.UTF_16LE);
    }

    /** Each byte of the password is XORed with A5 after its halves were swapped. */
    private static String password(ByteReader in) {
        var bytes = raw(in, PASSWORD);
        for (var i = 0; i < bytes.length; i++) {
            var b = (bytes[i] ^ 0xA5) & 0xFF;
            bytes[i] = (byte) (b << 4 | b >> 4);
        }
        return new String(bytes, StandardCharsets.UTF_16LE);
    }

    private static byte[] raw(ByteReader in, int place) {
        in.moveTo(place);
        var offset = in.u16();
        var length = in.u16();
        in.moveTo(offset);
        return in.raw(2 * length);
    }

    private static boolean asksForUtf8(ByteReader in) {
        in.moveTo(EXTENSION);
        in.moveTo(in.u16());
        in.moveTo(in.i32());
        for (var feature = in.u8(); feature != FEATURE_END; feature = in.u8()) {
            if (feature == FEATURE_UTF8_SUPPORT) {
                return true;
            }
            in.moveTo(in.i32() + in.position());
        }
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;

/**
 * The beginning of a TLS 1.0 handshake: whatever the client offers, the server chooses TLS 1.0 (RFC 2246, 7.4.1.3). Written
 * by hand, because Java would send an alert instead, which clients report in other words than those seen in the field.
 */
final class OldTls {
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int TLS_1_0 = 0x0301;
    private static final int RSA_WITH_AES_128_CBC_SHA = 0x002F;
    private static final int RECORD_HEADER = 5;

    private OldTls() {}

    /** Reads the client's hello and answers it. */
    static void answer(InputStream in, OutputStream out) throws IOException {
        var hello = new DataInputStream(in);
        hello.skipNBytes(RECORD_HEADER - 2);
        hello.skipNBytes(hello.readUnsignedShort());
        var answer = serverHello();
        out.write(answer.array(), 0, answer.length());
        out.flush();
    }

    private static Bytes serverHello() {
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        var body = new Bytes()
                .u16BigEndian(TLS_1_0)
                .raw(random)
                .u8(0) // no session to resume
                .u16BigEndian(RSA_WITH_AES_128_CBC_SHA)
                .u8(0); // no compression
        var message =
                new Bytes().u8(SERVER_HELLO).u8(0).u16BigEndian(body.length()).raw(body);
        return new Bytes()
                .u8(HANDSHAKE)
                .u16BigEndian(TLS_1_0)
                .u16BigEndian(message.length())
                .raw(message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Finds out whether a server that does not answer in SMB 2 does in SMB 1, so that it can be said. Asks for dialects and hangs
 * up: nobody logs on in SMB 1.
 */
final class SmbOneProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int HEADER = 32;
    private static final int NO_DIALECT = 0xFFFF;
    private static final byte[] DIALECT = "\u0002NT LM 0.12\0".getBytes(StandardCharsets.US_ASCII);

    private SmbOneProbe() {}

    static boolean answers(SmbAddress address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(question());
            return isAccepted(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            return false;
        }
    }

    /** SMB_COM_NEGOTIATE of MS-CIFS 2.2.4.52 behind the length of the transport. */
    private static byte[] question() {
        var length = HEADER + 3 + DIALECT.length;
        return ByteBuffer.allocate(4 + length)
                .putInt(length)
                .put((byte) 0xFF)
                .put("SMB".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0x72)
                .position(4 + HEADER)
                .put((byte) 0)
                .put((byte) DIALECT.length)
                .put((byte) 0)
                .put(DIALECT)
                .array();
    }

    private static boolean isAccepted(DataInputStream in) throws IOException {
        in.readInt();
        var isSmbOne = in.readUnsignedByte() == 0xFF;
        in.skipBytes(HEADER - 1 + 1);
        return isSmbOne && (in.readUnsignedByte() | in.readUnsignedByte() << 8) != NO_DIALECT;
    }
}

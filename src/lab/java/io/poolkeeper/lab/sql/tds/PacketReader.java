// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Puts a client's packets together to messages (MS-TDS 2.2.3). */
final class PacketReader {
    static final int HEADER = 8;
    private static final int END_OF_MESSAGE = 0x01;
    private static final int IGNORE = 0x02;
    private static final int RESET = 0x08 | 0x10;
    private static final int LARGEST_MESSAGE = 64 << 20;

    private final DataInputStream in;

    PacketReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** The next message, or null if the client closed the connection between two messages. */
    TdsMessage read() throws IOException {
        var type = in.read();
        if (type < 0) {
            return null;
        }
        var body = new ByteArrayOutputStream();
        var first = readPacket(body);
        var status = first;
        while ((status & END_OF_MESSAGE) == 0) {
            if (in.readUnsignedByte() != type) {
                throw new IOException("a message of type " + type + " goes on with a packet of another type");
            }
            status = readPacket(body);
        }
        return new TdsMessage(type, (status & IGNORE) != 0, (first & RESET) != 0, body.toByteArray());
    }

    /** Reads what follows the type byte of one packet and returns its status. */
    private int readPacket(ByteArrayOutputStream body) throws IOException {
        var status = in.readUnsignedByte();
        var length = in.readUnsignedShort() - HEADER;
        in.readInt(); // process id, packet id and window: of no use to a server
        if (length < 0 || body.size() + length > LARGEST_MESSAGE) {
            throw new IOException("a packet of " + (length + HEADER) + " bytes was announced");
        }
        var payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("the client left in the middle of a packet");
        }
        body.write(payload);
        return status;
    }
}

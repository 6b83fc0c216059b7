// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Cuts a server's messages into packets (MS-TDS 2.2.3). A half-filled packet may be sent at any time: that is how the
 * progress of a BACKUP becomes visible while it runs. Used by one thread at a time.
 */
final class PacketWriter {
    private static final int END_OF_MESSAGE = 0x01;

    private final OutputStream out;
    private final int processId;
    private byte[] packet = new byte[4096];
    private int used = PacketReader.HEADER;
    private int packetId;

    PacketWriter(OutputStream out, int processId) {
        this.out = out;
        this.processId = processId;
    }

    /** Sets the size of the packets from the next message on. */
    void packetSize(int bytes) {
        packet = new byte[bytes];
        used = PacketReader.HEADER;
    }

    void write(Bytes bytes) {
        var left = bytes.length();
        while (left > 0) {
            if (used == packet.length) {
                send(0);
            }
            var part = Math.min(left, packet.length - used);
            System.arraycopy(bytes.array(), bytes.length() - left, packet, used, part);
            used += part;
            left -= part;
        }
    }

    /** Sends what is there as a packet that is not the last. */
    void flush() {
        if (used > PacketReader.HEADER) {
            send(0);
        }
    }

    /** Ends the message. */
    void end() {
        send(END_OF_MESSAGE);
        packetId = 0;
    }

    private void send(int status) {
        packetId = (packetId + 1) & 0xFF;
        packet[0] = PacketType.RESPONSE;
        packet[1] = (byte) status;
        packet[2] = (byte) (used >> 8);
        packet[3] = (byte) used;
        packet[4] = (byte) (processId >> 8);
        packet[5] = (byte) processId;
        packet[6] = (byte) packetId;
        packet[7] = 0;
        try {
            out.write(packet, 0, used);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        used = PacketReader.HEADER;
    }
}

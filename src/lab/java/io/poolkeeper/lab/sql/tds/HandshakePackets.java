// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Carries the records of a TLS handshake in packets of type 0x12, both ways (MS-TDS 3.2.5.1). Each flush sends one flight.
 * When the handshake is over, records go on the socket without packets.
 */
final class HandshakePackets {
    private static final int LARGEST = 4096 - PacketReader.HEADER;

    private HandshakePackets() {}

    static InputStream input(InputStream in) {
        return new Input(in);
    }

    static OutputStream output(OutputStream out) {
        return new Output(out);
    }

    private static final class Input extends InputStream {
        private final DataInputStream in;
        private int left;

        Input(InputStream in) {
            this.in = new DataInputStream(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (length > 0 && left == 0) {
                if (!nextPacket()) {
                    return -1;
                }
            }
            var count = in.read(target, offset, Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        private boolean nextPacket() throws IOException {
            var type = in.read();
            if (type < 0) {
                return false;
            }
            if (type != PacketType.PRELOGIN) {
                throw new IOException("a TLS handshake was expected, not a packet of type " + type);
            }
            in.readUnsignedByte();
            left = in.readUnsignedShort() - PacketReader.HEADER;
            in.readInt();
            return true;
        }
    }

    private static final class Output extends OutputStream {
        private final OutputStream out;
        private final ByteArrayOutputStream flight = new ByteArrayOutputStream();

        Output(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            flight.write(b);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            flight.write(source, offset, length);
        }

        @Override
        public void flush() throws IOException {
            var records = flight.toByteArray();
            flight.reset();
            for (var from = 0; from < records.length; from += LARGEST) {
                var part = Math.min(LARGEST, records.length - from);
                var last = from + part == records.length;
                out.write(header(part, last).array(), 0, PacketReader.HEADER);
                out.write(records, from, part);
            }
            out.flush();
        }

        private static Bytes header(int payload, boolean last) {
            return new Bytes()
                    .u8(PacketType.PRELOGIN)
                    .u8(last ? 1 : 0)
                    .u16BigEndian(payload + PacketReader.HEADER)
                    .i32(0);
        }
    }
}
